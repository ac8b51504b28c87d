using System.Net;
using System.Text;
using Esb.Host.Systemd;
using Esb.ObjectStore.Access;
using Esb.ObjectStore.Buckets.Cors;
using Esb.ObjectStore.Errors;
using Esb.ObjectStore.Payloads;
using Esb.ObjectStore.Posting;
using Esb.ObjectStore.Signing;
using Esb.ObjectStore.Storage;
using Esb.Schema.Diagnostics;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Esb.ObjectStore.Server;

/// <summary>
/// Runs Kestrel with the <see cref="RequestHandler"/>: HTTP/1.1 on one address until SIGTERM or SIGINT.
/// </summary>
internal static class ObjectStoreServer
{
    private const int UnreadBytes = 64 * 1024;

    /// <exception cref="StartFailure">The address is in use or does not belong to this machine.</exception>
    public static async Task RunAsync(Settings settings, BucketCatalog catalog, TimeProvider clock)
    {
        await using var app = Build(settings, catalog, clock);
        var log = app.Services.GetRequiredService<ILogger<RequestHandler>>();
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            throw new StartFailure(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Environment,
                e.Message.TrimEnd('.'),
                Help: $"stop the program that uses {settings.Listen}, or set {Settings.ListenVariable} to another "
                    + "address"));
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

    private static WebApplication Build(Settings settings, BucketCatalog catalog, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        // Program prints a start failure itself, so the framework must not log it as well.
        builder.Logging.AddFilter("Microsoft", LogLevel.None);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        // Kestrel's own limits are those of TLS connections; for a plain connection the transport buffers this much.
        builder.Services.Configure<SocketTransportOptions>(transport =>
            (transport.MaxReadBufferSize, transport.MaxWriteBufferSize) = (UnreadBytes, AnswerBuffer.Piece));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings.Listen));

        var app = builder.Build();
        var access = new AccessCheck(catalog);
        var handler = new RequestHandler(
            new OriginCheck(settings),
            new RequestAuthenticator(settings.Credentials, clock),
            access,
            new OperationTable(catalog, clock),
            new CorsAnswers(catalog),
            new PostObject(catalog, access, settings.Credentials, clock),
            app.Services.GetRequiredService<ILogger<RequestHandler>>());
        app.Run(handler.HandleAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint listen)
    {
        kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.AddServerHeader = false;
        // Metadata may be in any encoding, and must be returned and signed byte for byte.
        kestrel.RequestHeaderEncodingSelector =
            name => name.Equals(LengthEncoding.Header, StringComparison.OrdinalIgnoreCase)
                ? LengthEncoding.Instance
                : Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        // Sizes are limited per operation. A function may produce or consume a stream as slowly as it likes.
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
