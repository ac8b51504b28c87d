using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Schema.Functions;

namespace Esb.Cli.Modes;

/// <summary>Code of a function that is missing, or was changed after it was staged.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="What">The problem, for example <c>its code /srv/orders is gone</c>.</param>
internal sealed record UnusableCode(string Function, string What)
{
    /// <summary>The changed code; null when it is missing.</summary>
    public string? Changed { get; init; }
}

/// <summary>The code or images of earlier deploys: the part of a rollback that depends on the mode.</summary>
internal interface IKeptCode
{
    /// <summary>The folder, the provisioner and the gateway.</summary>
    DeployTarget Target { get; }

    /// <summary>Ensures that functions can start from the code that they name, and fetches missing images.</summary>
    /// <param name="functions">The functions, by name.</param>
    /// <param name="lookOnly">Fetches nothing.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The code that is missing or was changed.</returns>
    Task<IReadOnlyList<UnusableCode>> RequireAsync(
        IReadOnlyDictionary<string, FunctionDefinition> functions, bool lookOnly, CancellationToken cancellationToken);

    /// <exception cref="CommandFailure">What the mode needs is not here.</exception>
    static IKeptCode Of(PlatformSettings settings) =>
        settings.IsInContainers ? new KeptImages(settings) : new KeptFolders(DeployTarget.Of(settings));
}
