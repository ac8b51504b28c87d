using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Esb.Host.Sockets;

namespace Esb.Gateway.HandOver;

/// <summary>
/// Sockets that systemd opens and keeps open while the gateway restarts. Source: sd_listen_fds(3): LISTEN_PID,
/// LISTEN_FDS and LISTEN_FDNAMES; the first descriptor is 3. The names are <c>public</c>, <c>admin</c> and
/// <c>runtime-api</c> (FileDescriptorName=); a socket with another name is assigned by its port.
/// </summary>
internal static class SystemdSockets
{
    private const int First = 3;

    /// <param name="variable">Reads environment variables.</param>
    /// <param name="processId">The id of this process.</param>
    /// <returns>
    /// The names of the descriptors, starting with descriptor 3; empty when they are not for this process.
    /// </returns>
    /// <exception cref="SettingException">A variable is not a valid number.</exception>
    public static IReadOnlyList<string> Names(Func<string, string?> variable, int processId)
    {
        if (variable("LISTEN_PID") != processId.ToString(CultureInfo.InvariantCulture)
            || variable("LISTEN_FDS") is not { } text)
            return [];
        var count = (int)WholeNumber.Parse("LISTEN_FDS", text, 0, DescriptorPassing.MostDescriptors);
        var names = (variable("LISTEN_FDNAMES") ?? "").Split(':');
        return [.. Enumerable.Range(0, count).Select(i => i < names.Length ? names[i] : "")];
    }

    /// <summary>Takes the sockets, and returns them by the name that the gateway uses.</summary>
    /// <exception cref="SettingException">A socket does not belong to a port of the gateway.</exception>
    public static IReadOnlyDictionary<string, Socket> Take(IReadOnlyList<string> names, GatewaySettings settings)
    {
        var sockets = new Dictionary<string, Socket>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var socket = new Socket(new SafeSocketHandle(First + i, ownsHandle: true));
            var port = (socket.LocalEndPoint as IPEndPoint)?.Port;
            if (NameOf(names[i], port, settings) is not { } name || !sockets.TryAdd(name, socket))
                throw new SettingException(
                    "LISTEN_FDNAMES",
                    $"{names[i]} (port {port})",
                    $"{HandOverMessages.Public}, {HandOverMessages.Admin} or {HandOverMessages.RuntimeApi}, each once, "
                        + "or a socket with the port of one of them");
        }

        return sockets;
    }

    /// <summary>
    /// The gateway's name for a socket; null when the socket does not belong to a port of the gateway.
    /// </summary>
    public static string? NameOf(string given, int? port, GatewaySettings settings) => given switch
    {
        HandOverMessages.Public or HandOverMessages.Admin or HandOverMessages.RuntimeApi => given,
        _ when port == settings.Public.EndPoint.Port => HandOverMessages.Public,
        _ when port == settings.Admin.EndPoint.Port => HandOverMessages.Admin,
        _ when port == settings.RuntimeApi.EndPoint.Port => HandOverMessages.RuntimeApi,
        _ => null,
    };
}
