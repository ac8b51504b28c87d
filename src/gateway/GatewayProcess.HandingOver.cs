using Esb.Gateway.HandOver;
using Esb.Gateway.Schedules;
using Esb.Host.Systemd;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway;

/// <summary>
/// The hand-over from one gateway to the next, without an interruption for clients. The new gateway loads its
/// configuration, connects to the agent and opens its public port before it announces itself. While both gateways
/// accept connections on the same sockets, each request is served by exactly one of them. Then the old gateway stops
/// accepting connections, and ends when its connections and events have ended.
/// </summary>
internal sealed partial class GatewayProcess
{
    // The maximum duration of a function (15 minutes, docs/compatibility.md) plus one minute.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan WarmTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LeaveInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LeaveReload = TimeSpan.FromMilliseconds(500);

    private async Task BeginAsync(CancellationToken stopping)
    {
        if (_predecessor is null)
            await StartAloneAsync(stopping);
        else
            await TakeOverAsync(_predecessor, stopping);
        SdNotify.Ready();
    }

    private async Task StartAloneAsync(CancellationToken stopping)
    {
        await _ports.AdminPort.StartAsync(stopping);
        // The stored events must be known before clients can send them again.
        _events.Queues.Resume();
        _events.Scheduler.Begin(new Dictionary<ScheduledCall, DateTimeOffset>());
        _succession.Listen();
        await _ports.Public.StartAsync(stopping);
    }

    // The admin port is opened last: an answer from it means that this process has taken over.
    private async Task TakeOverAsync(Predecessor predecessor, CancellationToken stopping)
    {
        await RequireReadyAsync(predecessor, stopping);
        await WarmAsync(predecessor.Workers, stopping);
        _events.Queues.Resume();
        await _ports.Public.StartAsync(stopping);
        var kept = await predecessor.TakeOverAsync(CancellationToken.None);
        // The files may have changed while this gateway started.
        await _reloader.ReloadAsync(stopping);
        _events.Scheduler.Begin(kept);
        _succession.Listen();
        await _ports.AdminPort.StartAsync(stopping);
    }

    private async Task RequireReadyAsync(Predecessor predecessor, CancellationToken stopping)
    {
        if (_reloader.LastError is { } error)
            throw Failure(predecessor, "the configuration cannot be loaded", error);
        try
        {
            await _workers.Session.WaitAsync(AgentTimeout).WaitAsync(stopping);
        }
        catch (TimeoutException)
        {
            throw Failure(predecessor, $"the agent cannot be reached on {_settings.AgentSocket}");
        }
    }

    // Refuses the hand-over while a configuration file cannot be read: the next gateway would start with whatever is
    // left. Files that this gateway does not understand are no obstacle, because a newer gateway may understand them.
    private async Task<string?> ObjectionAsync(CancellationToken cancellationToken)
    {
        await _reloader.ReloadChangedAsync(cancellationToken);
        return _reloader.LastError is { Code: DiagnosticCodes.FileAccess } error
            ? $"a file of its configuration is gone, empty or cannot be read: {error}"
            : null;
    }

    private static HandOverException Failure(Predecessor predecessor, string reason, Diagnostic? error = null) =>
        new($"{reason}; the running gateway (version {predecessor.Version}) stays"
            + (error is null ? "" : $": {error}"));

    private Dictionary<string, int> CountWorkers() => _configuration.Current.Functions.Values
        .Select(f => (f.Name, Workers: f.Pool.Snapshot().Count))
        .Where(f => f.Workers > 0)
        .ToDictionary(f => f.Name, f => f.Workers, StringComparer.Ordinal);

    // Starts as many workers as the old gateway has, so that the hand-over delays no request. A worker that fails to
    // start does not prevent the hand-over.
    private async Task WarmAsync(IReadOnlyDictionary<string, int> wanted, CancellationToken stopping)
    {
        var pools = _configuration.Current.Functions.Values
            .Where(f => wanted.ContainsKey(f.Name)).Select(f => f.Pool).ToList();
        foreach (var pool in pools)
            pool.Warm(wanted[pool.Spec.Function]);
        for (var waited = TimeSpan.Zero;
            waited < WarmTimeout && pools.Exists(p => p.Starting > 0);
            waited += WarmInterval)
            await Task.Delay(WarmInterval, stopping);
    }

    // Called once the new gateway accepts connections, so that it also gets those that wait in the sockets' queues.
    private async Task<IReadOnlyDictionary<ScheduledCall, DateTimeOffset>> StopAcceptingAsync()
    {
        _readiness.Leave();
        await Task.WhenAll(_ports.Public.StopAcceptingAsync(), _ports.AdminPort.StopAcceptingAsync());
        return await _events.Scheduler.EndAsync();
    }

    // Idle connections end as they would without a hand-over: the client closes them, or this gateway does after the
    // next answer or the idle timeout. Events in this gateway's journal that are due run here, where their workers are;
    // the others stay in the journal. `esb deploy` tells only the new gateway to reload, so this one checks the files
    // itself, for requests on connections that are still open.
    private async Task LeaveAsync(CancellationToken stopping)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var following = _reloader.RunAsync(LeaveReload, left.Token);
        for (var waited = TimeSpan.Zero;
            waited < LeaveTime && IsBusy && !stopping.IsCancellationRequested;
            waited += LeaveInterval)
            await Task.WhenAny(Task.Delay(LeaveInterval, stopping));
        await left.CancelAsync();
        await Task.WhenAny(following);
    }

    private bool IsBusy => _ports.Public.Connections > 0 || _events.Queues.Running > 0;
}
