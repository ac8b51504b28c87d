using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Modes;

/// <summary>The deploy target when the platform is a Compose project.</summary>
internal static class ContainerTarget
{
    /// <exception cref="CommandFailure">The platform's Compose file is missing.</exception>
    public static DeployTarget Of(PlatformSettings settings, PlatformMode mode, DockerEngine engine)
    {
        var project = ComposeProject.Of(settings, mode);
        var addresses = PlatformAddresses.Of(settings, "");
        var gateway = new UriBuilder(addresses.Gateway) { Host = settings.Containers.GatewayHost }.Uri;
        return new DeployTarget(
            settings.ConfigFolder,
            new ComposeProvisioner(engine, project),
            addresses with { Gateway = gateway },
            GatewayRuns: false,
            GatewayFolder: null)
        {
            AdminIsOpen = false,
            OpenGateway = () => GatewayConnection.OfContainers(settings, mode),
            ReadBakedAsync = new BakedPlatform(engine, project).ReadAsync,
            HowToStart = $"docker compose -f {mode.ComposeFile} up -d, see docs/containers.md",
        };
    }
}
