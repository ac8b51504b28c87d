using System.Net;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform.Ports;

/// <summary>A port that a part needs, and the setting that changes it.</summary>
internal sealed record PortClaim(ComponentKind Kind, string Purpose, IPEndPoint EndPoint, string Variable);

/// <summary>The ports that each part needs.</summary>
internal static class PortClaims
{
    public static IReadOnlyList<PortClaim> Of(ComponentKind kind, PlatformPorts ports) => kind switch
    {
        ComponentKind.Stores => [Claim(kind, "stores", IPAddress.Loopback, ports.Stores, SettingNames.StoresPort)],
        ComponentKind.Gateway =>
        [
            Claim(kind, "gateway", IPAddress.Loopback, ports.Gateway, SettingNames.GatewayPort),
            Claim(kind, "Runtime API of the gateway", IPAddress.Any, ports.RuntimeApi, SettingNames.RuntimeApiPort),
            Claim(kind, "admin port of the gateway", IPAddress.Loopback, ports.Admin, SettingNames.AdminPort),
        ],
        _ => [],
    };

    private static PortClaim Claim(ComponentKind kind, string purpose, IPAddress address, int port, string variable) =>
        new(kind, purpose, new IPEndPoint(address, port), variable);
}
