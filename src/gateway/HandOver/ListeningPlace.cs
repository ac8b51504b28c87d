using System.Net;
using System.Net.Sockets;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Esb.Gateway.HandOver;

/// <summary>
/// Where this gateway listens: on sockets of its own, on systemd's, or on those of the gateway that serves already. The port for workers is
/// never shared with another gateway: a worker speaks to the one that started it, and to no other.
/// </summary>
internal sealed class ListeningPlace : IDisposable
{
    private readonly IReadOnlyDictionary<string, Socket> _sockets;

    private ListeningPlace(GatewaySettings settings, Predecessor? predecessor, IReadOnlyDictionary<string, Socket> sockets)
    {
        Settings = settings;
        Predecessor = predecessor;
        _sockets = sockets;
    }

    /// <summary>With the port that workers are told.</summary>
    public GatewaySettings Settings { get; }

    /// <summary>The gateway that serves already; null: nobody does.</summary>
    public Predecessor? Predecessor { get; }

    /// <summary>Null: to be opened as the settings say.</summary>
    public Socket? this[string name] => _sockets.GetValueOrDefault(name);

    /// <exception cref="SettingException">systemd's sockets are not ours.</exception>
    /// <exception cref="HandOverException">The gateway that serves does not give its place away.</exception>
    public static ListeningPlace Find(GatewaySettings settings, string version)
    {
        if (SystemdSockets.Names(Environment.GetEnvironmentVariable, Environment.ProcessId) is { Count: > 0 } names)
            return new ListeningPlace(settings, null, SystemdSockets.Take(names, settings));
        if (settings.HandOverSocket is not { } path)
            return new ListeningPlace(settings, null, new Dictionary<string, Socket>());
        var predecessor = Predecessor.Find(path, version);
        var sockets = new Dictionary<string, Socket>(predecessor?.Sockets ?? new Dictionary<string, Socket>(), StringComparer.Ordinal);
        return new ListeningPlace(ForWorkers(settings, sockets), predecessor, sockets);
    }

    public void Dispose() => Predecessor?.Dispose();

    // A gateway that still finishes what it has begun needs its port for it; then any other does.
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
            WorkerEnvironment = settings.WorkerEnvironment.ToDictionary(v => v.Key, v => v.Key == GatewaySettings.LambdaEndpoint ? Moved(v.Value, wanted.Port, other.Port) : v.Value),
        };
    }

    // Where workers are told to invoke others at their own port, that is the new one.
    private static string Moved(string endpoint, int from, int to) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Port == from ? new UriBuilder(uri) { Port = to }.Uri.GetLeftPart(UriPartial.Authority) : endpoint;

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
