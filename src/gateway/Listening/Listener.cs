using System.Net;
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

/// <summary>The differences between ports.</summary>
/// <param name="Limits">Sizes, times and rates.</param>
/// <param name="Serve">Decides whether a connection is served or closed; null to serve every connection.</param>
/// <param name="Certificate">The certificate for TLS, which enables HTTP/2; null for plain HTTP/1.1.</param>
internal sealed record ListenerRules(
    Action<KestrelServerOptions>? Limits = null,
    Func<ConnectionContext, ConnectionDelegate, Task>? Serve = null,
    TlsCertificate? Certificate = null)
{
    /// <summary>
    /// An existing socket to listen on. Its previous owner may still listen on it, and connections may already be
    /// queued in it.
    /// </summary>
    public Socket? Socket { get; init; }

    /// <summary>
    /// How many unread bytes a connection may have; null for the size of Kestrel's buffer, which is never smaller than
    /// the head of a request.
    /// </summary>
    public int? UnreadBytes { get; init; }

    /// <summary>Limits the answers of the port; null for no limit.</summary>
    public AnswersInFlight? Answers { get; init; }

    /// <summary>
    /// How long a client that has closed its sending side may wait for an answer; null to treat it as disconnected.
    /// </summary>
    public TimeSpan? AnswersHalfClosedFor { get; init; }

    /// <summary>When it changes, connections end with their next answer; null when they never have to end.</summary>
    public Readiness? Readiness { get; init; }
}

/// <summary>
/// An HTTP port: a separate Kestrel server with one handler, so that one port's handlers cannot be reached through
/// another.
/// </summary>
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
            RequestHeaderEncodingSelector = name =>
                name.Equals(LengthEncoding.Header, StringComparison.OrdinalIgnoreCase) ? LengthEncoding.Instance : null,
        };
        rules.Limits?.Invoke(options);
        _socket = new SocketListener(rules.Socket, options.Limits, rules.UnreadBytes, logging);
        if (rules.Certificate is not null)
        {
            options.ApplicationServices = KestrelServices.Create(logging);
            handler = RequestHead.TakeOver(options).Around(handler);
        }

        _application = new HttpApplication(
            rules.Readiness is { } readiness ? ClosingConnections.Around(handler, readiness) : handler,
            logging.CreateLogger<Listener>());
        options.Listen(address.EndPoint, listen =>
        {
            // Clients negotiate HTTP/2 in the TLS handshake; without TLS the protocol cannot be negotiated.
            listen.Protocols = rules.Certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            listen.Use(_connections.Around);
            if (rules.AnswersHalfClosedFor is { } timeout)
                listen.Use(HalfClosed.AtMost(timeout));
            listen.Use(next => connection => ServeWithAnswersAsync(connection, rules.Answers, next));
            if (rules.Serve is { } serve)
                listen.Use(next => connection => serve(connection, next));
            if (rules.Certificate is { } certificate)
                listen.UseHttps(Handshake(certificate));
        });
        _server = new KestrelServer(Options.Create(options), _socket, new KestrelLogging(logging));
    }

    /// <summary>The address of the started listener, with the actual port for port 0.</summary>
    public Uri Address => new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>The listening socket, to be shared with another process while the listener runs.</summary>
    public SafeSocketHandle Handle => _socket.Handle;

    /// <summary>The number of open connections.</summary>
    public int Connections => _connections.Count;

    /// <exception cref="AddressInUseException">
    /// Another process listens there; the message contains the variable that changes the address.
    /// </exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _server.StartAsync(_application, cancellationToken);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new AddressInUseException(
                $"{_address} is in use by another program; set {_address.Variable} to a free address");
        }
    }

    /// <summary>Stops accepting connections; open connections are still served.</summary>
    public Task StopAcceptingAsync() => _socket.StopAsync();

    /// <summary>Allows the memory of a burst of connections to be released when they have ended.</summary>
    public void RenewMemory() => _socket.RenewMemory();

    /// <summary>Returns when no connection is open, or when the time has passed.</summary>
    public async Task WaitForEndOfConnectionsAsync(TimeSpan timeout)
    {
        for (var waited = TimeSpan.Zero; waited < timeout && Connections > 0; waited += EndInterval)
            await Task.Delay(EndInterval);
    }

    /// <summary>
    /// Returns when the connections that were made before this call are being served, or when the time has passed.
    /// Connections wait in one queue, in order, so this method makes another connection, which joins the queue last.
    /// </summary>
    public async Task ServeQueuedAsync(TimeSpan timeout)
    {
        using var late = new CancellationTokenSource(timeout);
        var own = (IPEndPoint)_socket.EndPoint;
        var address = own.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : own.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : own.Address;
        using var last = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await last.ConnectAsync(address, own.Port, late.Token);
            last.Shutdown(SocketShutdown.Send);
            await last.ReceiveAsync(new byte[1], late.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The connection was accepted and refused, or the time has passed.
        }

        // Connections are accepted by one thread, but several threads begin to serve them.
        for (var accepted = _socket.Accepted; _connections.Begun < accepted && !late.IsCancellationRequested;)
            await Task.Delay(EndInterval);
    }

    /// <summary>Stops accepting connections and waits for running requests.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server.StopAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static TlsHandshakeCallbackOptions Handshake(TlsCertificate certificate) => new()
    {
        HandshakeTimeout = TimeSpan.FromSeconds(10),
        OnConnection = _ => new ValueTask<SslServerAuthenticationOptions>(
            new SslServerAuthenticationOptions { ServerCertificateContext = certificate.Current }),
    };

    // The answers are available through the features of each request of the connection.
    private Task ServeWithAnswersAsync(ConnectionContext connection, AnswersInFlight? answers, ConnectionDelegate next)
    {
        connection.Features.Set<IMemoryPoolFeature>(_memory);
        if (answers is not null)
            connection.Features.Set(answers);
        return next(connection);
    }
}
