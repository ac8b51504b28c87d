using Esb.Gateway.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Esb.Gateway.Listening;

/// <summary>One HTTP port: a Kestrel of its own with one handler, so that what one port serves cannot be reached through another.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly ListenAddress _address;
    private readonly HttpApplication _application;
    private readonly KestrelServer _server;

    public Listener(ListenAddress address, RequestDelegate handler, ILoggerFactory logging, Action<KestrelServerOptions>? limits = null, Func<ConnectionContext, ValueTask<bool>>? accept = null)
    {
        _address = address;
        _application = new HttpApplication(handler, logging.CreateLogger<Listener>());
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        limits?.Invoke(options);
        options.Listen(address.EndPoint, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (accept is not null)
                listen.Use(next => connection => AcceptAsync(connection, accept, next));
        });
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), logging);
        _server = new KestrelServer(Options.Create(options), transport, logging);
    }

    /// <exception cref="AddressInUseException">Somebody else listens there; the message names the variable that moves us.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(_application, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new AddressInUseException($"{_address} is in use by another program; set {_address.Variable} to a free address");
        }
    }

    /// <summary>Takes no new connection and waits for the requests that run.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task AcceptAsync(ConnectionContext connection, Func<ConnectionContext, ValueTask<bool>> accept, ConnectionDelegate next)
    {
        if (await accept(connection))
            await next(connection);
        else
            connection.Abort();
    }
}
