using System.Net;
using System.Net.Sockets;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Esb.Gateway.HandOver;

/// <summary>
/// Where this gateway listens: on its own sockets, on systemd's, or on those of the running gateway. The port for
/// workers is never shared with another gateway: a worker communicates only with the gateway that started it.
/// </summary>
internal sealed class ListeningPlace : IDisposable
{
    private readonly IReadOnlyDictionary<string, Socket> _sockets;

    private ListeningPlace(
        GatewaySettings settings,
        Predecessor? predecessor,
        IReadOnlyDictionary<string, Socket> sockets)
    {
        Settings = settings;
        Predecessor = predecessor;
        _sockets = sockets;
    }

    /// <summary>The settings, with the actual port for workers.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>The running gateway; null when no gateway is running.</summary>
    public Predecessor? Predecessor { get; }

    /// <summary>The socket for a port; null when it has to be opened according to the settings.</summary>
    public Socket? this[string name] => _sockets.GetValueOrDefault(name);

    /// <exception cref="SettingException">systemd's sockets do not match the settings.</exception>
    /// <exception cref="HandOverException">The running gateway does not answer, or refuses the hand-over.</exception>
    public static ListeningPlace Find(GatewaySettings settings, string version)
    {
        if (SystemdSockets.Names(Environment.GetEnvironmentVariable, Environment.ProcessId) is { Count: > 0 } names)
            return new ListeningPlace(settings, null, SystemdSockets.Take(names, settings));
        if (settings.HandOverSocket is not { } path)
            return new ListeningPlace(settings, null, new Dictionary<string, Socket>());
        var predecessor = Predecessor.Find(path, version);
        var sockets = new Dictionary<string, Socket>(
            predecessor?.Sockets ?? new Dictionary<string, Socket>(), StringComparer.Ordinal);
        return new ListeningPlace(ForWorkers(settings, sockets), predecessor, sockets);
    }

    public void Dispose() => Predecessor?.Dispose();

    // A draining gateway still uses its port for workers. In that case this gateway uses any free port.
    private static GatewaySettings ForWorkers(GatewaySettings settings, Dictionary<string, Socket> sockets)
    {
        var wanted = settings.RuntimeApi.EndPoint;
        if (TryBind(wanted) is { } free)
        {
            sockets[HandOverMessages.RuntimeApi] = free;
            return settings;
        }

        if (TryBind(new IPEndPoint(wanted.Address, 0)) is not { LocalEndPoint: IPEndPoint other } any)
            return settings;
        sockets[HandOverMessages.RuntimeApi] = any;
        var colon = settings.RuntimeApiForWorkers.LastIndexOf(':');
        return settings with
        {
            RuntimeApi = settings.RuntimeApi with { EndPoint = other },
            RuntimeApiForWorkers = $"{settings.RuntimeApiForWorkers[..colon]}:{other.Port}",
            WorkerEnvironment = settings.WorkerEnvironment.ToDictionary(
                v => v.Key,
                v => v.Key == GatewaySettings.LambdaEndpoint ? Moved(v.Value, wanted.Port, other.Port) : v.Value),
        };
    }

    // If the endpoint of the Lambda API is the port for workers, it gets the new port.
    private static string Moved(string endpoint, int from, int to) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Port == from
            ? new UriBuilder(uri) { Port = to }.Uri.GetLeftPart(UriPartial.Authority)
            : endpoint;

    private static Socket? TryBind(IPEndPoint address)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(address);
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
