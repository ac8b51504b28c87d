using System.Net.Security;
using System.Net.Sockets;
using Esb.Gateway.Bodies;
using Esb.Gateway.Settings;
using Esb.Schema.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Esb.Gateway.Listening;

/// <summary>What one port does differently from another.</summary>
/// <param name="Limits">Sizes, times and rates.</param>
/// <param name="Serve">Serves a connection or closes it; null: all that the socket takes are served.</param>
/// <param name="Certificate">For TLS, and with it HTTP/2; null: plain HTTP/1.1.</param>
internal sealed record ListenerRules(Action<KestrelServerOptions>? Limits = null, Func<ConnectionContext, ConnectionDelegate, Task>? Serve = null, TlsCertificate? Certificate = null)
{
    /// <summary>A socket to listen on instead of one of its own: who had it before goes on listening with it, or queues connections in it.</summary>
    public Socket? Socket { get; init; }

    /// <summary>Keeps the answers of the port; null: they are sent without a bound.</summary>
    public AnswersInFlight? Answers { get; init; }

    /// <summary>How long a client that has closed its own side may wait for an answer; null: whoever does so is gone.</summary>
    public TimeSpan? AnswersHalfClosedFor { get; init; }

    /// <summary>Turns when connections are to end with their next answer; null: never.</summary>
    public Readiness? Readiness { get; init; }
}

/// <summary>One HTTP port: a Kestrel of its own with one handler, so that what one port serves cannot be reached through another.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan EndInterval = TimeSpan.FromMilliseconds(10);

    private readonly ListenAddress _address;
    private readonly HttpApplication _application;
    private readonly SocketListener _socket;
    private readonly OpenConnections _connections = new();
    private readonly BlockPool _memory = new();
    private readonly KestrelServer _server;

    public Listener(ListenAddress address, RequestDelegate handler, ILoggerFactory logging, ListenerRules? rules = null)
    {
        rules ??= new ListenerRules();
        _address = address;
        handler = MalformedRequest.Around(LoopGuard.Around(handler));
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowSynchronousIO = false,
            RequestHeaderEncodingSelector = name => name.Equals(LengthEncoding.Header, StringComparison.OrdinalIgnoreCase) ? LengthEncoding.Instance : null,
        };
        rules.Limits?.Invoke(options);
        _socket = new SocketListener(rules.Socket, options.Limits, logging);
        if (rules.Certificate is not null)
        {
            options.ApplicationServices = KestrelServices.Create(logging);
            handler = RequestHead.TakeOver(options).Around(handler);
        }

        _application = new HttpApplication(rules.Readiness is { } readiness ? ClosingConnections.Around(handler, readiness) : handler, logging.CreateLogger<Listener>());
        options.Listen(address.EndPoint, listen =>
        {
            // A client asks for HTTP/2 in the TLS handshake; without one there is no telling which of the two it means.
            listen.Protocols = rules.Certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            listen.Use(_connections.Around);
            if (rules.AnswersHalfClosedFor is { } patience)
                listen.Use(HalfClosed.AtMost(patience));
            listen.Use(next => connection => WithAsync(connection, rules.Answers, next));
            if (rules.Serve is { } serve)
                listen.Use(next => connection => serve(connection, next));
            if (rules.Certificate is { } certificate)
                listen.UseHttps(Handshake(certificate));
        });
        _server = new KestrelServer(Options.Create(options), _socket, new KestrelLogging(logging));
    }

    /// <summary>Where it listens, once it does; says which port was taken for port 0.</summary>
    public Uri Address => new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>What listens, for another process to do the same; while it is started.</summary>
    public SafeSocketHandle Handle => _socket.Handle;

    /// <summary>How many connections are open.</summary>
    public int Connections => _connections.Count;

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

    /// <summary>Takes no new connection; those that are open are served on.</summary>
    public Task StopAcceptingAsync() => _socket.StopAsync();

    /// <summary>What a burst of connections has used is free when these have ended.</summary>
    public void RenewMemory() => _socket.RenewMemory();

    /// <summary>Returns when no connection is open any more, or after this time.</summary>
    public async Task WaitForEndOfConnectionsAsync(TimeSpan atMost)
    {
        for (var waited = TimeSpan.Zero; waited < atMost && Connections > 0; waited += EndInterval)
            await Task.Delay(EndInterval);
    }

    /// <summary>Takes no new connection and waits for the requests that run.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TlsHandshakeCallbackOptions Handshake(TlsCertificate certificate) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
    };

    // Found through the features of each request of the connection.
    private Task WithAsync(ConnectionContext connection, AnswersInFlight? answers, ConnectionDelegate next)
    {
        connection.Features.Set<IMemoryPoolFeature>(_memory);
        if (answers is not null)
            connection.Features.Set(answers);
        return next(connection);
    }
}
