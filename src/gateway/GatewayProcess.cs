using Esb.Gateway.Admin;
using Esb.Gateway.Agent;
using Esb.Gateway.Configuration;
using Esb.Gateway.LambdaApi;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Requests;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Schedules;
using Esb.Gateway.Settings;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway;

/// <summary>
/// The whole gateway as a value: made of its parts in order, run until told to stop. The table of contents of this project.
/// </summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(25);

    private readonly ILoggerFactory _logging = LoggerFactory.Create(builder => builder
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        }));

    private readonly GatewaySettings _settings;
    private readonly AgentClient _agent;
    private readonly AgentSession _session;
    private readonly LogStore _logs;
    private readonly VictoriaLogs? _victoriaLogs;
    private readonly Reloader _reloader;
    private readonly Sweeper _sweeper;
    private readonly Scheduler _scheduler;
    private readonly AsyncInvocations _later;
    private readonly Listener _public;
    private readonly Listener _runtimeApi;
    private readonly Listener _admin;

    public GatewayProcess(GatewaySettings settings, TimeProvider time)
    {
        _settings = settings;

        // Written → built → living.
        var configuration = new LiveConfiguration(time);
        _logs = new LogStore(settings.LogFolder, _logging.CreateLogger<LogStore>());
        _victoriaLogs = settings.VictoriaLogs is { } server ? new VictoriaLogs(server, _logs, _logging.CreateLogger<VictoriaLogs>()) : null;
        var dispatcher = new Dispatcher(configuration, new InvocationLog(_logs, time), time);

        // Workers: the agent starts them, the Runtime API knows them, pools decide.
        _agent = new AgentClient(settings.AgentSocket);
        var session = new CurrentSession();
        var directory = new WorkerDirectory();
        var launcher = new WorkerLauncher(_agent, session, directory, settings, _logging.CreateLogger<WorkerLauncher>());
        _session = new AgentSession(_agent, session, directory, configuration, new AgentSession.Sinks(new FunctionLog(_logs), _logging.CreateLogger<AgentSession>()));
        _sweeper = new Sweeper(configuration, time);
        var builder = new SnapshotBuilder(launcher.Control(), time);
        _reloader = new Reloader(new ConfigurationSource(settings.ConfigurationFolders), builder, configuration, _logging.CreateLogger<Reloader>(), time);

        // Who invokes: clients through routes and the Lambda API, the clock.
        _later = new AsyncInvocations(configuration, dispatcher, _logging.CreateLogger<AsyncInvocations>(), time);
        _scheduler = new Scheduler(_later, settings.Region, _logging.CreateLogger<Scheduler>(), time);
        _reloader.Swapped += (snapshot, replaced) =>
        {
            foreach (var (function, pool) in replaced)
                dispatcher.Resubmit(function, pool.Drain());
            foreach (var entry in snapshot.Functions.Values)
                entry.Pool.Refill();
            _scheduler.Apply(snapshot);
        };

        // The three ports.
        var admin = new AdminHandler(configuration, _reloader, _logs, time);
        var invoke = new InvokeHandler(configuration, dispatcher, _later, new LogTail(_logs, time), time);
        var routes = new RouteHandler(configuration, dispatcher, time);
        _public = new Listener(settings.Public, new PublicHandler(admin, invoke, routes).HandleAsync, _logging, PublicLimits);
        _runtimeApi = new Listener(settings.RuntimeApi, new RuntimeApiHandler(directory).HandleAsync, _logging, WorkerLimits, new WorkerDoor(directory).AcceptAsync);
        _admin = new Listener(settings.Admin, admin.HandleAsync, _logging);
    }

    /// <summary>Serves until cancelled, then lets running requests finish.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await _reloader.ReloadAsync(stopping);
        await _runtimeApi.StartAsync(stopping);
        await _admin.StartAsync(stopping);
        await _public.StartAsync(stopping);
        using var background = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] loops =
        [
            _session.RunAsync(background.Token),
            _sweeper.RunAsync(background.Token),
            _reloader.RunAsync(_settings.ReloadInterval, background.Token),
            _scheduler.RunAsync(ending.Token),
            _logs.RunAsync(background.Token),
            _victoriaLogs?.RunAsync(background.Token) ?? Task.CompletedTask,
        ];
        await Task.WhenAny(WhenOneFails(loops), WhenCancelled(stopping));
        await ending.CancelAsync();
        await DrainAsync();
        await background.CancelAsync();
        await Task.WhenAll(loops).ContinueWith(t => t.IsFaulted ? t : Task.CompletedTask, TaskScheduler.Default).Unwrap();
    }

    public async ValueTask DisposeAsync()
    {
        await _public.DisposeAsync();
        await _runtimeApi.DisposeAsync();
        await _admin.DisposeAsync();
        _agent.Dispose();
        _victoriaLogs?.Dispose();
        _logging.Dispose();
    }

    // Clients first: workers must still be able to answer what runs.
    private async Task DrainAsync()
    {
        _later.Stop();
        using var patience = new CancellationTokenSource(DrainTime);
        await _public.StopAsync(patience.Token);
        using var none = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _runtimeApi.StopAsync(none.Token);
        await _admin.StopAsync(none.Token);
    }

    // One that has nothing to do, for example without a folder for logs, ends at once and well.
    private static async Task WhenOneFails(Task[] loops)
    {
        await foreach (var ended in Task.WhenEach(loops))
        {
            if (!ended.IsCompletedSuccessfully)
                return;
        }
    }

    private static async Task WhenCancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    // API Gateway: 10 MB payload, 10,240 bytes for request line and headers together; Kestrel's own default of 32 KB is kept for headers.
    private static void PublicLimits(KestrelServerOptions options) => options.Limits.MaxRequestBodySize = RouteHandler.MaxBodyBytes;

    // A worker may wait for its next event for as long as it likes, and its answer may come as slowly as the function is.
    private static void WorkerLimits(KestrelServerOptions options)
    {
        options.Limits.MaxRequestBodySize = InvocationLimits.ResponseBytes * 2;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
    }
}
