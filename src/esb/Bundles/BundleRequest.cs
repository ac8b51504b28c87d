using Esb.Cli.Deploying.Transaction;

namespace Esb.Cli.Bundles;

/// <summary>What a bundle is to hold, and where it goes.</summary>
/// <param name="Deploy">Templates and how they are read and built.</param>
/// <param name="File">The bundle, as the user named it.</param>
/// <param name="Esb">The version that makes it.</param>
internal sealed record BundleRequest(DeployRequest Deploy, string File, string Esb)
{
    /// <summary>Also what the platform itself has to pull or install: its images, in process mode its database.</summary>
    public bool WithPlatform { get; init; }
}
