using System.Net;
using Esb.Host.Systemd;
using Esb.Schema.Diagnostics;
using Esb.Schema.Http;
using Esb.Stores.Signing;
using Esb.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Stores.Server;

/// <summary>Runs Kestrel with the <see cref="RequestHandler"/> on one address until SIGTERM or SIGINT.</summary>
internal static class StoresServer
{
    /// <exception cref="StartFailure">The address is in use or does not belong to this machine.</exception>
    public static async Task RunAsync(StoresSettings settings, TableDatabase tables, TimeProvider time)
    {
        await using var app = Build(settings, tables, time);
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

    private static WebApplication Build(StoresSettings settings, TableDatabase tables, TimeProvider time)
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
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, settings.Listen));

        var app = builder.Build();
        var handler = new RequestHandler(
            new OriginCheck(settings),
            new SignatureCheck(settings.Credentials, settings.Region, time),
            new TablesService(tables, settings.Region, settings.Account, time),
            app.Services.GetRequiredService<ILogger<RequestHandler>>());
        app.Run(handler.HandleAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, IPEndPoint listen)
    {
        kestrel.Listen(listen, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector =
            name => name.Equals(LengthEncoding.Header, StringComparison.OrdinalIgnoreCase)
                ? LengthEncoding.Instance
                : null;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MostBytes;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
    }
}
