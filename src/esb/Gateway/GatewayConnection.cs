using Esb.Cli.Admin;
using Esb.Cli.Compose;
using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Gateway;

/// <summary>Connects to the gateway of a platform in any mode.</summary>
internal sealed class GatewayConnection : IDisposable
{
    private GatewayConnection(HttpClient http, PlatformAddresses addresses)
    {
        Http = http;
        Addresses = addresses;
    }

    public HttpClient Http { get; }

    public PlatformAddresses Addresses { get; }

    public AdminClient Admin => new(Http, Addresses.Admin, Addresses.Gateway);

    /// <exception cref="CommandFailure">The Compose file of the mode is missing.</exception>
    public static GatewayConnection Open(PlatformSettings settings) => settings.IsInContainers
        ? OfContainers(settings, settings.Mode)
        : new GatewayConnection(
            LocalHttp.ToGateway(), PlatformState.Read(settings.State)?.Addresses ?? PlatformAddresses.Of(settings, ""));

    /// <summary>Connects to the gateway of a container mode, whichever mode is set.</summary>
    /// <exception cref="CommandFailure">The Compose file of the mode is missing.</exception>
    public static GatewayConnection OfContainers(PlatformSettings settings, PlatformMode mode)
    {
        var defaults = PlatformAddresses.Of(settings, "");
        // The Lambda API also trusts connections from the gateway's own loopback. The other end of the tunnel handles
        // TLS.
        var gateway =
            new UriBuilder(defaults.Gateway) { Scheme = Uri.UriSchemeHttp, Host = settings.Containers.GatewayHost };
        var addresses = defaults with { Gateway = gateway.Uri };
        var tunnel = new GatewayTunnel(ComposeProject.Of(settings, mode));
        var tunnels = new Dictionary<int, Func<CancellationToken, Task<Stream>>>
        {
            [addresses.Admin.Port] = tunnel.ToAdminAsync,
            [addresses.Gateway.Port] = tunnel.ToPublicAsync,
        };
        return new GatewayConnection(LocalHttp.Create(tunnels), addresses);
    }

    public void Dispose() => Http.Dispose();
}
