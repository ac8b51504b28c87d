using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Schema.Functions;

namespace Esb.Cli.Modes;

/// <summary>
/// Whether the code or the images of earlier deploys can still be used: the part of a rollback that depends on the
/// mode.
/// </summary>
internal interface ICodeAvailability
{
    /// <summary>The folder, the provisioner and the gateway.</summary>
    DeployTarget Target { get; }

    /// <summary>
    /// Finds code and images of functions that are missing or were changed, after fetching missing images.
    /// </summary>
    /// <param name="functions">The functions, by name.</param>
    /// <param name="lookOnly">Whether only to look, without fetching anything.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The code that is missing or was changed.</returns>
    Task<IReadOnlyList<UnusableCode>> FindUnusableAsync(
        IReadOnlyDictionary<string, FunctionDefinition> functions, bool lookOnly, CancellationToken cancellationToken);

    /// <exception cref="CommandFailure">Something that the mode needs is missing.</exception>
    static ICodeAvailability Of(PlatformSettings settings) =>
        settings.IsInContainers ? new ImageAvailability(settings) : new FolderAvailability(DeployTarget.Of(settings));
}
