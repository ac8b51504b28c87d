using System.Net.Sockets;
using Esb.Gateway.Bodies;
using Esb.Gateway.Composition;
using Esb.Gateway.Configuration;
using Esb.Gateway.HandOver;
using Esb.Gateway.Invoking;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Settings;
using Esb.Host.Systemd;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway;

/// <summary>
/// The gateway process: creates the parts in order and runs them until it is told to stop. Start reading this project
/// here.
/// </summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan AgentTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionGrace = TimeSpan.FromMilliseconds(500);

    private readonly ILoggerFactory _logging = LoggerFactory.Create(builder => builder
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        }));

    private readonly GatewaySettings _settings;
    private readonly Predecessor? _predecessor;
    private readonly LiveConfiguration _configuration;
    private readonly LogParts _logs;
    private readonly WorkerParts _workers;
    private readonly EventParts _events;
    private readonly Reloader _reloader;
    private readonly TimeoutTimer _timeouts;
    private readonly ClientMemoryLimits _bounds;
    private readonly MemoryTrimmer _trimmer;
    private readonly Readiness _readiness = new();
    private readonly Ports _ports;
    private readonly Succession _succession;

    /// <param name="place">Where the gateway listens, and its predecessor if one listens there already.</param>
    /// <param name="time">Clock and timers.</param>
    public GatewayProcess(ListeningPlace place, TimeProvider time)
    {
        var settings = _settings = place.Settings;
        _predecessor = place.Predecessor;
        _configuration = new LiveConfiguration(time);
        _logs = new LogParts(settings, _logging, time);
        _workers = new WorkerParts(settings, _configuration, _logs.Store, _logging);
        var dispatcher = new Dispatcher(_configuration, new InvocationLog(_logs.Store, time), time);
        _events = new EventParts(settings, _configuration, dispatcher, _logging, time);
        _timeouts = new TimeoutTimer(_configuration, time);
        _reloader = new Reloader(
            new ConfigurationSource(settings.ConfigurationFolders, time),
            new SnapshotBuilder(_workers.Control, time),
            _configuration,
            _logging.CreateLogger<Reloader>(),
            time)
        {
            Activation = Activation(dispatcher),
        };
        _bounds = ClientMemoryLimits.OfThisMachine(time);
        var served = new Ports.Served(_configuration, _reloader, dispatcher, _logs, _workers, _events, _bounds);
        _ports = new Ports(place, served, _readiness, _logging, time);
        _trimmer = new MemoryTrimmer(Measures(), ReturnMemory, time);
        _succession = new Succession(
            settings.HandOverSocket,
            new Succession.Place(CountWorkers, Handles, StopAcceptingAsync, ObjectionAsync),
            _logging.CreateLogger<Succession>());
    }

    /// <summary>Serves until cancelled, then lets running requests finish.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var sighup = SighupHandler.Listen(_reloader);
        await _reloader.ReloadAsync(stopping);
        // Frees the memory used for parsing now, so that no collection has to do so while requests wait.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var background = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await _ports.RuntimeApi.StartAsync(stopping);
        var session = _workers.AgentSession.RunAsync(background.Token);
        await BeginAsync(stopping);
        Task[] loops =
        [
            session,
            _timeouts.RunAsync(CheckMemory, background.Token),
            _reloader.RunAsync(_settings.ReloadInterval, background.Token),
            _events.Scheduler.RunAsync(ending.Token),
            _events.Queues.AdoptAsync(ending.Token),
            _succession.RunAsync(ending.Token),
            .. _logs.Run(background.Token),
        ];
        await Task.WhenAny(WhenFailed(loops), WhenCancelled(stopping), _succession.Taken);
        await ending.CancelAsync();
        SdNotify.Stopping();
        if (_succession.Taken.IsCompleted)
            await LeaveAsync(stopping);
        await DrainAsync();
        await background.CancelAsync();
        await Task.WhenAll(loops).ContinueWith(t => t.IsFaulted ? t : Task.CompletedTask, TaskScheduler.Default)
            .Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _ports.DisposeAsync();
        _events.Dispose();
        _workers.Dispose();
        _logs.Dispose();
        _logging.Dispose();
    }

    // Load balancers learn of the stop first, then clients; workers must still be able to answer meanwhile. A busy
    // client has a moment to learn from its next answer that the connection will be closed. An idle client may be about
    // to send a request when its connection is closed.
    private async Task DrainAsync()
    {
        var hasLeft = _readiness.IsClosing;
        _readiness.Turn();
        if (!hasLeft)
            await Task.Delay(_settings.DrainDelay);
        await _ports.Public.StopAcceptingAsync();
        await _ports.Public.WaitForEndOfConnectionsAsync(ConnectionGrace);
        using var timeout = new CancellationTokenSource(DrainTime);
        await Task.WhenAll(_ports.Public.StopAsync(timeout.Token), _events.Queues.StopAsync(timeout.Token));
        using var none = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _ports.RuntimeApi.StopAsync(none.Token);
        await _ports.AdminPort.StopAsync(none.Token);
    }

    // The steps after a swap. Their order matters: memory is reserved before pools start workers, and a replaced pool
    // passes its waiting events on before its successor counts the workers that it needs.
    private SnapshotActivation Activation(Dispatcher dispatcher) => new(
        [
            new("fetch images", (snapshot, _) => _workers.Images.Apply(snapshot)),
            new("reserve memory", (snapshot, _) => _workers.Memory.Reserve(snapshot.ReservedMemory)),
            new("drain replaced pools", (snapshot, replaced) =>
            {
                foreach (var (function, pool) in replaced)
                    dispatcher.Resubmit(function, pool.Drain(hasSuccessor: snapshot.Functions.ContainsKey(function)));
            }),
            new("refill pools", (snapshot, _) =>
            {
                foreach (var entry in snapshot.Functions.Values)
                    entry.Pool.Refill();
            }),
            new("apply schedules", (snapshot, _) => _events.Scheduler.Apply(snapshot)),
        ],
        _logging.CreateLogger<SnapshotActivation>());

    private IReadOnlyList<(string Name, SafeSocketHandle Handle)> Handles() =>
        [(HandOverMessages.Public, _ports.Public.Handle), (HandOverMessages.Admin, _ports.AdminPort.Handle)];

    private MemoryTrimmer.Measures Measures() => new(
        () => GC.GetTotalAllocatedBytes(),
        () => Environment.WorkingSet,
        () => _bounds.Held,
        () => _ports.Public.Connections + _logs.Figures.Active);

    private void CheckMemory()
    {
        _bounds.Check();
        _trimmer.Check();
    }

    private void ReturnMemory()
    {
        _ports.Public.RenewMemory();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // A loop without work (no log folder, no interval) completes at once, which is ignored. A loop that fails ends the
    // gateway.
    private static async Task WhenFailed(IReadOnlyCollection<Task> loops)
    {
        await foreach (var ended in Task.WhenEach(loops))
        {
            if (!ended.IsCompletedSuccessfully)
                return;
        }
    }

    private static async Task WhenCancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
