using System.Net;
using System.Text;
using Esb.AdminProtocol.Stores;
using Esb.Host.Sockets;
using Esb.Host.Systemd;
using Esb.Objects.Serving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Http;
using Esb.Stores.Backups;
using Esb.Stores.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Esb.Stores.Server;

/// <summary>
/// Runs Kestrel until SIGTERM or SIGINT: the <see cref="RequestHandler"/> on one address, and the
/// <see cref="AdminHandler"/> on a socket beside the data.
/// </summary>
internal static class StoresServer
{
    private const int UnreadBytes = 64 * 1024;

    /// <exception cref="StartFailure">The address is in use or does not belong to this machine.</exception>
    public static async Task RunAsync(StoresSettings settings, ServiceTable services, StoresBackups backups)
    {
        var path = StoresAdmin.SocketOf(settings.DataFolder);
        using var socket = SocketPath.Of(path);
        // This process has locked the data, so the socket is that of one that was killed.
        File.Delete(path);
        await using var app = Build(settings, services, backups, socket);
        var log = app.Services.GetRequiredService<ILogger<RequestHandler>>();
        try
        {
            await app.StartAsync();
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (IOException e)
        {
            throw new StartFailure(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Environment,
                e.Message.TrimEnd('.'),
                Help: $"stop the program that uses {settings.Listen}, or set {StoresSettings.ListenVariable} to "
                    + "another address"));
        }

        var address = app.Urls.First();
        if (settings.Credentials is null && !IPAddress.IsLoopback(settings.Listen.Address))
            Log.OpenToAll(log, address);
        Log.Listening(log, address, settings.DataFolder);
        SdNotify.Ready();
        await app.WaitForShutdownAsync();
        SdNotify.Stopping();
        Log.Stopped(log);
    }

    private static WebApplication Build(
        StoresSettings settings, ServiceTable services, StoresBackups backups, SocketPath socket)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        // The main program prints start failures, so Kestrel must not print them again.
        builder.Logging.AddFilter("Microsoft", LogLevel.None);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        // Kestrel's own limits are those of TLS connections; for a plain connection the transport buffers this much.
        builder.Services.Configure<SocketTransportOptions>(transport =>
            (transport.MaxReadBufferSize, transport.MaxWriteBufferSize) = (UnreadBytes, ObjectsService.AnswerPiece));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            Configure(kestrel, settings.Listen);
            kestrel.ListenUnixSocket(socket.Text, AdminHandler.Configure);
        });

        var app = builder.Build();
        var log = app.Services.GetRequiredService<ILogger<RequestHandler>>();
        var handler = new RequestHandler(new OriginCheck(settings), services, log);
        var administration = new AdminHandler(backups, log);
        app.Run(http => AdminHandler.IsFor(http) ? administration.HandleAsync(http) : handler.HandleAsync(http));
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint listen)
    {
        kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.AddServerHeader = false;
        // Metadata of objects may be in any encoding, and must be returned and signed byte for byte.
        kestrel.RequestHeaderEncodingSelector =
            name => name.Equals(LengthEncoding.Header, StringComparison.OrdinalIgnoreCase)
                ? LengthEncoding.Instance
                : Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        // Services limit bodies by operation. A function may produce or consume an object as slowly as it likes.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        // How much one connection, and how many connections together, may buffer before an operation reads it.
        kestrel.Limits.MaxRequestBufferSize = UnreadBytes;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        // A key of 1024 bytes takes 3072 when escaped; presigned URLs add a session token.
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
    }
}
