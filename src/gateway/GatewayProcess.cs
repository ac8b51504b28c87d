using Esb.Gateway.Admin;
using Esb.Gateway.Agent;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Authorizers;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Forwarding;
using Esb.Gateway.HandOver;
using Esb.Gateway.Invoking;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Requests;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Schedules;
using Esb.Gateway.Settings;
using Esb.Gateway.Tracing;
using Esb.Gateway.Workers;
using Esb.Host.Systemd;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway;

/// <summary>
/// The whole gateway as a value: made of its parts in order, run until told to stop. The table of contents of this project.
/// </summary>
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan AgentPatience = TimeSpan.FromSeconds(10);
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
    private readonly AgentClient _agent;
    private readonly CurrentSession _current = new();
    private readonly AgentSession _session;
    private readonly LogStore _logs;
    private readonly VictoriaLogs? _victoriaLogs;
    private readonly Reloader _reloader;
    private readonly Sweeper _sweeper;
    private readonly CommonBounds _bounds;
    private readonly SpareMemory _spare;
    private readonly Scheduler _scheduler;
    private readonly AsynchronousInvocations _later;
    private readonly AccessLog _accessLog;
    private readonly TraceExport? _traces;
    private readonly Readiness _readiness = new();
    private readonly Listener _public;
    private readonly Listener _runtimeApi;
    private readonly Listener _admin;
    private readonly Succession _succession;

    /// <param name="place">Where it listens, and who listens there already.</param>
    /// <param name="time">Clock and timers.</param>
    public GatewayProcess(ListeningPlace place, TimeProvider time)
    {
        var settings = _settings = place.Settings;
        _predecessor = place.Predecessor;

        // Written → built → living.
        var configuration = _configuration = new LiveConfiguration(time);
        _logs = new LogStore(settings.LogFolder is { } folder ? new(folder, settings.LogBounds) : null, _logging.CreateLogger<LogStore>());
        _victoriaLogs = settings.VictoriaLogs is { } server ? new VictoriaLogs(server, _logs, _logging.CreateLogger<VictoriaLogs>()) : null;
        var dispatcher = new Dispatcher(configuration, new InvocationLog(_logs, time), time);

        // Workers: the agent starts them, the Runtime API knows them, pools decide.
        _agent = new AgentClient(settings.AgentSocket);
        var directory = new WorkerDirectory();
        var connections = new WorkerConnections();
        var launcher = new WorkerLauncher(_agent, _current, directory, settings, _logging.CreateLogger<WorkerLauncher>());
        _session = new AgentSession(
            _agent, _current, directory, configuration, new AgentSession.Sinks(new FunctionLog(_logs), connections, _logging.CreateLogger<AgentSession>()));
        _sweeper = new Sweeper(configuration, time);
        _bounds = CommonBounds.OfThisMachine(time);
        var memory = new WorkerMemory(settings.WorkersMemory);
        var builder = new SnapshotBuilder(launcher.Control() with { Memory = memory }, time);
        _reloader = new Reloader(new ConfigurationSource(settings.ConfigurationFolders, time), builder, configuration, _logging.CreateLogger<Reloader>(), time);

        // Who invokes: clients through routes and the Lambda API, the clock.
        var store = AsynchronousStore.Open(settings.AsynchronousFolder, settings.AsynchronousBytes, settings.Region, settings.HandOverSocket is not null, _logging.CreateLogger<AsynchronousStore>());
        _later = new AsynchronousInvocations(configuration, dispatcher, store, _logging.CreateLogger<AsynchronousInvocations>(), time);
        _scheduler = new Scheduler(_later, settings.Region, _logging.CreateLogger<Scheduler>(), time);
        var images = new ImagePreparation(_agent, _current, _logging.CreateLogger<ImagePreparation>());
        _reloader.Swapped += (snapshot, replaced) =>
        {
            images.Apply(snapshot);
            memory.Reserve(snapshot.Functions.Values.Sum(f => (long)f.Pool.Spec.MemorySize * (f.Pool.Limits.Reserved ?? 0)));
            foreach (var (function, pool) in replaced)
                dispatcher.Resubmit(function, pool.Drain(hasSuccessor: snapshot.Functions.ContainsKey(function)));
            foreach (var entry in snapshot.Functions.Values)
                entry.Pool.Refill();
            _scheduler.Apply(snapshot);
        };

        // Who may call what.
        var gatekeeper = new Gatekeeper(configuration, new AuthorizerFactory(dispatcher, settings.Region, _logging.CreateLogger<AuthorizerFactory>(), time));

        // The three ports.
        var answers = _bounds.Answers;
        var door = new PageDoor(settings.AllowedHosts);
        var figures = new RequestFigures();
        _traces = settings.Traces is { } traces ? new TraceExport(traces, _logging.CreateLogger<TraceExport>(), time) : null;
        _accessLog = new AccessLog(settings.AccessLog is { } path ? new(path, settings.LogBounds) : null, figures, _logging.CreateLogger<AccessLog>(), time);
        var admin = new AdminHandler(configuration, _reloader, _logs, new AdminHandler.Platform(new PlatformFigures(_later, figures, memory, answers), images, settings.ConfigurationFolders[0]), time);
        var tail = new LogTail(_logs, time);
        var lambda = new LambdaApiHandler(
            configuration,
            new LambdaAccess(settings, directory, time),
            new InvokeHandler(dispatcher, _later, tail, time),
            new StreamHandler(dispatcher, tail, time),
            settings.Region)
        {
            Bodies = _bounds.Bodies,
        };
        var routes = new RouteHandler(configuration, gatekeeper, dispatcher, _bounds.Bodies, time)
        {
            Forwarding = new HttpForwarding(_logging.CreateLogger<HttpForwarding>(), RouteHandler.MaxBodyBytes) { Bodies = _bounds.Bodies },
        };
        var certificate = settings.Tls is { } tls ? new TlsCertificate(tls, _logging.CreateLogger<TlsCertificate>(), time) : null;
        RequestDelegate handler = new PublicHandler(admin, lambda, routes, new PublicHandler.Load(figures, settings.MaxConnections, _readiness)).HandleAsync;
        _spare = new SpareMemory(new SpareMemory.Measures(() => GC.GetTotalAllocatedBytes(), () => Environment.WorkingSet, () => _bounds.Held, () => _public!.Connections + figures.Active), GiveMemoryBack, time);
        _public = new Listener(
            settings.Public,
            _accessLog.Around(_traces is null ? handler : RequestSpans.Around(handler)),
            _logging,
            new ListenerRules(options => PublicPort.Limit(options, settings.MaxConnections), Certificate: certificate) { Socket = place[HandOverMessages.Public], Answers = answers, Readiness = _readiness, AnswersHalfClosedFor = HalfClosed.Longest });
        _runtimeApi = new Listener(
            settings.RuntimeApi,
            RequestFraming.Around(door.Around(new WorkerHandler(new RuntimeApiHandler(directory), lambda).HandleAsync)),
            _logging,
            new ListenerRules(WorkerPort.Limit, new WorkerDoor(directory, connections).ServeAsync) { Socket = place[HandOverMessages.RuntimeApi], Answers = answers, AnswersHalfClosedFor = WorkerPort.LastAnswer });
        _admin = new Listener(
            settings.Admin,
            RequestFraming.Around(door.AroundNear(admin.HandleAsync)),
            _logging,
            new ListenerRules { Socket = place[HandOverMessages.Admin], Answers = answers, Readiness = _readiness });
        _succession = new Succession(
            settings.HandOverSocket,
            new Succession.Place(CountWorkers, () => [(HandOverMessages.Public, _public.Handle), (HandOverMessages.Admin, _admin.Handle)], StopAcceptingAsync, ObjectionAsync),
            _logging.CreateLogger<Succession>());
    }

    /// <summary>Serves until cancelled, then lets running requests finish.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var hangUp = HangUp.Listen(_reloader);
        await _reloader.ReloadAsync(stopping);
        // What parsing left behind is given back before anybody can be kept waiting by it.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var background = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await _runtimeApi.StartAsync(stopping);
        var session = _session.RunAsync(background.Token);
        await BeginAsync(stopping);
        Task[] loops =
        [
            session,
            _sweeper.RunAsync(LookAtMemory, background.Token),
            _reloader.RunAsync(_settings.ReloadInterval, background.Token),
            _scheduler.RunAsync(ending.Token),
            _later.AdoptAsync(ending.Token),
            _succession.RunAsync(ending.Token),
            _logs.RunAsync(background.Token),
            _accessLog.RunAsync(background.Token),
            _victoriaLogs?.RunAsync(background.Token) ?? Task.CompletedTask,
            _traces?.RunAsync(background.Token) ?? Task.CompletedTask,
        ];
        await Task.WhenAny(WhenFailed(loops), WhenCancelled(stopping), _succession.Taken);
        await ending.CancelAsync();
        SdNotify.Stopping();
        if (_succession.Taken.IsCompleted)
            await LeaveAsync(stopping);
        await DrainAsync();
        await background.CancelAsync();
        await Task.WhenAll(loops).ContinueWith(t => t.IsFaulted ? t : Task.CompletedTask, TaskScheduler.Default).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _public.DisposeAsync();
        await _runtimeApi.DisposeAsync();
        await _admin.DisposeAsync();
        _later.Dispose();
        _agent.Dispose();
        _victoriaLogs?.Dispose();
        _traces?.Dispose();
        _logging.Dispose();
    }

    // Whoever balances load is told first. Then clients: workers must still be able to answer what runs. Clients that are busy have a moment
    // to hear from their next answer that its connection ends; one that is idle may be about to ask when it is closed.
    private async Task DrainAsync()
    {
        var hasLeft = _readiness.IsClosing;
        _readiness.Turn();
        if (!hasLeft)
            await Task.Delay(_settings.DrainDelay);
        await _public.StopAcceptingAsync();
        await _public.WaitForEndOfConnectionsAsync(ConnectionGrace);
        using var patience = new CancellationTokenSource(DrainTime);
        await Task.WhenAll(_public.StopAsync(patience.Token), _later.StopAsync(patience.Token));
        using var none = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _runtimeApi.StopAsync(none.Token);
        await _admin.StopAsync(none.Token);
    }

    private void LookAtMemory()
    {
        _bounds.Look();
        _spare.Look();
    }

    private void GiveMemoryBack()
    {
        _public.RenewMemory();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    // A part that has nothing to do (no log folder, no interval) ends at once; one that fails ends the gateway.
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
