using System.Net;
using System.Net.Sockets;
using Esb.Gateway.Clocks;
using Esb.Gateway.Listening;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.RuntimeApi;

/// <summary>The real listener and handler of the Runtime API with a real pool; the tests act as workers.</summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private static int _lastAddress = Random.Shared.Next(1 << 20);

    private readonly WorkerDirectory _directory = new();
    private readonly Listener _listener;
    private readonly int _port;
    private readonly HttpClient _client =
        new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1) })
        {
            Timeout = Waits.Longest,
        };

    private RuntimeApiServer(int port)
    {
        _port = port;
        _listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Any, port)),
            new RuntimeApiHandler(_directory).HandleAsync,
            NullLoggerFactory.Instance,
            new ListenerRules(
                WorkerPort.Limit,
                new WorkerConnectionFilter(_directory, new WorkerConnections()).ServeAsync)
            {
                AnswersHalfClosedFor = WorkerPort.LastAnswer,
                UnreadBytes = WorkerPort.UnreadBytes,
            });
        var spec = new WorkerSpec
        {
            Function = "f",
            Revision = "1",
            Image = "",
            Code = "/f",
            Runtime = "provided.al2023",
            Handler = "h",
            MemorySize = 128,
            Environment = new Dictionary<string, string> { ["AWS_REGION"] = "eu-central-1" },
            Layers = [],
            Fingerprint = "1",
        };
        var limits = new PoolLimits(0, 10, TimeSpan.FromHours(1), TimeSpan.FromHours(1), TimeSpan.FromSeconds(3));
        Pool = new WorkerPool(spec, limits, new WorkerControl(Started.Enqueue, _directory.Remove), Time);
    }

    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(50));

    public WorkerPool Pool { get; }

    public System.Collections.Concurrent.ConcurrentQueue<Worker> Started { get; } = new();

    public static async Task<RuntimeApiServer> StartAsync()
    {
        while (true)
        {
            var server = new RuntimeApiServer(FreePort());
            try
            {
                await server._listener.StartAsync(CancellationToken.None);
                return server;
            }
            catch (Microsoft.AspNetCore.Connections.AddressInUseException)
            {
                await server.DisposeAsync();
            }
        }
    }

    public Invocation Submit(
        string requestId,
        string payload = "{}",
        Esb.Gateway.Streaming.ResponseStream? stream = null,
        string? qualifier = null)
    {
        var invocation = new Invocation(requestId, System.Text.Encoding.UTF8.GetBytes(payload), Time.Steady())
        {
            TraceId = "Root=1-a-b",
            Stream = stream,
            Qualifier = qualifier,
        };
        return Pool.TrySubmit(invocation)
            ? invocation
            : throw new InvalidOperationException("The pool is being drained.");
    }

    /// <summary>The worker that was started last, with its own address.</summary>
    public WorkerClient Register()
    {
        Started.TryDequeue(out var worker);
        var number = Interlocked.Increment(ref _lastAddress);
        var address = $"127.{1 + ((number >> 16) & 63)}.{(number >> 8) & 255}.{1 + (number & 127)}";
        _directory.Add(worker!);
        _directory.Register(worker!, address);
        return new WorkerClient(_client, worker!, address, _port);
    }

    /// <summary>A client at an address without a worker.</summary>
    public WorkerClient UnknownClient() => new(_client, null!, "127.99.99.99", _port);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _listener.StopAsync(now.Token);
        await _listener.DisposeAsync();
        _client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
