using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Gateway.Admin;
using Esb.Gateway.Configuration;
using Esb.Gateway.Settings;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway;

/// <summary>
/// The commands for a gateway's container, which has no shell and publishes only one port: <c>docker exec CONTAINER
/// /esb-gateway health</c>, <c>… dial-admin</c> and <c>… dial-public</c>.
/// </summary>
internal static class ContainerCommands
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Whether the gateway answers on its public port.</summary>
    public static async Task<bool> HealthAsync(GatewaySettings settings)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            using var socket = await ConnectAsync(settings.Public, timeout.Token);
            await using var connection = await SecureAsync(new NetworkStream(socket), settings, timeout.Token);
            await connection.WriteAsync(
                "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray(), timeout.Token);
            var start = new byte[12];
            await connection.ReadExactlyAsync(start, timeout.Token);
            return start.AsSpan().SequenceEqual("HTTP/1.1 200"u8);
        }
        catch (Exception e)
            when (e is SocketException or IOException or AuthenticationException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// Copies standard input to the public port, and the port's output to standard output, until either side ends.
    /// Handles TLS.
    /// </summary>
    public static Task<bool> DialPublicAsync(GatewaySettings settings) =>
        DialAsync(settings.Public, s => SecureAsync(s, settings, CancellationToken.None));

    /// <summary>Does the same for the admin port, which has no TLS.</summary>
    public static Task<bool> DialAdminAsync(GatewaySettings settings) =>
        DialAsync(settings.Admin, s => Task.FromResult<Stream>(s));

    /// <summary>
    /// Prints the configuration that a gateway would serve if it started now, as its admin port would return it. For
    /// images that contain their configuration.
    /// </summary>
    public static async Task<bool> ConfigurationAsync(GatewaySettings settings)
    {
        var problems = new DiagnosticBag();
        if (new ConfigurationSource(settings.ConfigurationFolders, TimeProvider.System).Read(problems) is { } written)
        {
            var served = ServedFilesReader.Read(written, settings.ConfigurationFolders[0]);
            Console.WriteLine(JsonSerializer.Serialize(served, ServedFilesJson.Default.ServedFiles));
            return true;
        }

        foreach (var problem in problems)
            await Console.Error.WriteLineAsync($"esb-gateway: {problem}");
        return false;
    }

    private static async Task<bool> DialAsync(ListenAddress address, Func<NetworkStream, Task<Stream>> speakAsync)
    {
        try
        {
            using var socket = await ConnectAsync(address, CancellationToken.None);
            await using var port = await speakAsync(new NetworkStream(socket));
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            await Task.WhenAny(input.CopyToAsync(port), port.CopyToAsync(output));
            return true;
        }
        catch (Exception e) when (e is SocketException or IOException or AuthenticationException)
        {
            await Console.Error.WriteLineAsync($"esb-gateway: error: {address}: {e.Message}");
            return false;
        }
    }

    // The connection goes to the gateway's own port on this machine, so the certificate need not be verified.
    private static async Task<Stream> SecureAsync(
        NetworkStream connection,
        GatewaySettings settings,
        CancellationToken cancellationToken)
    {
        if (settings.Tls is null)
            return connection;
        var secure = new SslStream(connection);
#pragma warning disable CA5359 // see above
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            }, cancellationToken);
#pragma warning restore CA5359
        return secure;
    }

    private static async Task<Socket> ConnectAsync(ListenAddress address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var everywhere = address.EndPoint.Address.Equals(IPAddress.Any)
                || address.EndPoint.Address.Equals(IPAddress.IPv6Any);
            await socket.ConnectAsync(
                everywhere ? new IPEndPoint(IPAddress.Loopback, address.EndPoint.Port) : address.EndPoint,
                cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
