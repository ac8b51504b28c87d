using Esb.Cli.Deploying.Transaction;

namespace Esb.Cli.Bundles;

/// <summary>The content of a bundle to write, and its path.</summary>
/// <param name="Deploy">The templates, and how they are read and built.</param>
/// <param name="File">The path of the bundle as the user gave it.</param>
/// <param name="Esb">The version of ESB that writes it.</param>
internal sealed record BundleRequest(DeployRequest Deploy, string File, string Esb)
{
    /// <summary>Whether to include the platform's images.</summary>
    public bool WithPlatform { get; init; }
}
