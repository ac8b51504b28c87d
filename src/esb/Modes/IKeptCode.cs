using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Schema.Functions;

namespace Esb.Cli.Modes;

/// <summary>What a function names that is not there any more, or not as it was staged.</summary>
/// <param name="Function">The function's name.</param>
/// <param name="What">E.g. <c>its code /srv/orders is gone</c>.</param>
internal sealed record UnusableCode(string Function, string What)
{
    /// <summary>What is there and was changed since; null: it is gone.</summary>
    public string? Changed { get; init; }
}

/// <summary>What earlier deploys made functions run from. What differs between modes when no template is read and nothing is built.</summary>
internal interface IKeptCode
{
    /// <summary>The folder that is written, the provisioner, the gateway.</summary>
    DeployTarget Target { get; }

    /// <summary>Makes sure that functions can start from what they name, fetching what can be fetched.</summary>
    /// <param name="functions">By name.</param>
    /// <param name="lookOnly">Fetches nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is gone for good, and what was changed since it was staged.</returns>
    Task<IReadOnlyList<UnusableCode>> RequireAsync(IReadOnlyDictionary<string, FunctionDefinition> functions, bool lookOnly, CancellationToken cancellationToken);

    /// <exception cref="CommandFailure">What the mode needs is not here.</exception>
    static IKeptCode Of(PlatformSettings settings) => settings.IsInContainers ? new KeptImages(settings) : new KeptFolders(DeployTarget.Of(settings));
}
