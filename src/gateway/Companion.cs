using System.Net;
using System.Net.Sockets;
using Esb.Gateway.Settings;

namespace Esb.Gateway;

/// <summary>
/// What a second process of this binary does beside a running gateway, in a container that has no shell and publishes one port only:
/// <c>docker exec CONTAINER /esb-gateway health</c> and <c>… dial-admin</c>.
/// </summary>
internal static class Companion
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Whether the gateway answers on its public port.</summary>
    public static async Task<bool> HealthAsync(GatewaySettings settings)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var socket = await ConnectAsync(settings.Public, patience.Token);
            await socket.SendAsync("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), patience.Token);
            var start = new byte[12];
            var read = await socket.ReceiveAsync(start, patience.Token);
            return start.AsSpan(0, read).SequenceEqual("HTTP/1.1 200"u8);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Standard input to the admin port and what it answers to standard output, until either side ends.</summary>
    public static async Task<bool> DialAdminAsync(GatewaySettings settings)
    {
        try
        {
            using var socket = await ConnectAsync(settings.Admin, CancellationToken.None);
            await using var admin = new NetworkStream(socket);
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            await Task.WhenAny(input.CopyToAsync(admin), admin.CopyToAsync(output));
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            await Console.Error.WriteLineAsync($"esb-gateway: error: {settings.Admin}: {e.Message}");
            return false;
        }
    }

    private static async Task<Socket> ConnectAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var everywhere = address.EndPoint.Address.Equals(IPAddress.Any) || address.EndPoint.Address.Equals(IPAddress.IPv6Any);
            await socket.ConnectAsync(everywhere ? new IPEndPoint(IPAddress.Loopback, address.EndPoint.Port) : address.EndPoint, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
