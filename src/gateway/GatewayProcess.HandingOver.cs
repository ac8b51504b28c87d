using Esb.Gateway.HandOver;
using Esb.Gateway.Schedules;
using Esb.Host.Systemd;
using Esb.Schema.Diagnostics;

namespace Esb.Gateway;

/// <summary>
/// How one gateway follows another without anybody noticing. The new one is complete before it says a word: configuration, agent, ports. From
/// the moment at which both accept on the same sockets, each request is served by one of the two; then the old one stops to accept, and lives
/// on until its connections have ended.
/// </summary>
internal sealed partial class GatewayProcess
{
    // The longest that a function may run (15 minutes, docs/compatibility.md), and a little.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan WarmPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WarmInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LeaveInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LeaveReload = TimeSpan.FromMilliseconds(500);

    private async Task BeginAsync(CancellationToken stopping)
    {
        if (_predecessor is null)
            await BeginAloneAsync(stopping);
        else
            await FollowAsync(_predecessor, stopping);
        SdNotify.Ready();
    }

    private async Task BeginAloneAsync(CancellationToken stopping)
    {
        await _admin.StartAsync(stopping);
        // Before anybody may offer the same events again.
        _later.Resume();
        _scheduler.Begin(new Dictionary<ScheduledCall, DateTimeOffset>());
        _succession.Listen();
        await _public.StartAsync(stopping);
    }

    // The admin port comes last: whoever is answered there by this process knows that it has the place.
    private async Task FollowAsync(Predecessor predecessor, CancellationToken stopping)
    {
        await BeCompleteAsync(predecessor, stopping);
        await WarmAsync(predecessor.Workers, stopping);
        _later.Resume();
        await _public.StartAsync(stopping);
        var kept = await predecessor.TakeOverAsync(CancellationToken.None);
        // What the other one was told to serve while this one began.
        await _reloader.ReloadAsync(stopping);
        _scheduler.Begin(kept);
        _succession.Listen();
        await _admin.StartAsync(stopping);
    }

    private async Task BeCompleteAsync(Predecessor predecessor, CancellationToken stopping)
    {
        if (_reloader.LastError is { } error)
            throw new HandOverException($"the configuration cannot be loaded, the running gateway (version {predecessor.Version}) stays: {error}");
        try
        {
            await _current.WaitAsync(AgentPatience).WaitAsync(stopping);
        }
        catch (TimeoutException)
        {
            throw new HandOverException($"the agent cannot be reached on {_settings.AgentSocket}, the running gateway (version {predecessor.Version}) stays");
        }
    }

    // Files that this gateway cannot read are not what anybody wants served, and another one would begin with what is
    // left of them. What it does not understand is no objection: a newer one may.
    private async Task<string?> ObjectionAsync(CancellationToken cancellationToken)
    {
        await _reloader.ReloadChangedAsync(cancellationToken);
        return _reloader.LastError is { Code: DiagnosticCodes.FileAccess } error
            ? $"a file of its configuration is gone, empty or cannot be read: {error}"
            : null;
    }

    private Dictionary<string, int> CountWorkers() =>
        _configuration.Current.Functions.Values.Select(f => (f.Name, Workers: f.Pool.Snapshot().Count)).Where(f => f.Workers > 0).ToDictionary(f => f.Name, f => f.Workers, StringComparer.Ordinal);

    // As many workers as are at work there: nobody waits for a start because of the change. One that does not start is no reason to stay.
    private async Task WarmAsync(IReadOnlyDictionary<string, int> wanted, CancellationToken stopping)
    {
        var pools = _configuration.Current.Functions.Values.Where(f => wanted.ContainsKey(f.Name)).Select(f => f.Pool).ToList();
        foreach (var pool in pools)
            pool.Warm(wanted[pool.Spec.Function]);
        for (var waited = TimeSpan.Zero; waited < WarmPatience && pools.Exists(p => p.Starting > 0); waited += WarmInterval)
            await Task.Delay(WarmInterval, stopping);
    }

    // Called when the other one accepts already. Connections that wait in the sockets' queues are its.
    private async Task<IReadOnlyDictionary<ScheduledCall, DateTimeOffset>> StopAcceptingAsync()
    {
        _readiness.Leave();
        await Task.WhenAll(_public.StopAcceptingAsync(), _admin.StopAcceptingAsync());
        return await _scheduler.EndAsync();
    }

    // Idle connections end as they would without a hand-over: by their client, after their next answer, or by the port's own limit for idle
    // ones. Events of this gateway's journal that are due are run here, where their workers are; the rest is left in it.
    // Who deploys asks the other gateway to reload: this one must see by itself what requests on kept connections are to be served by.
    private async Task LeaveAsync(CancellationToken stopping)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var following = _reloader.RunAsync(LeaveReload, left.Token);
        for (var waited = TimeSpan.Zero; waited < LeaveTime && !stopping.IsCancellationRequested && (_public.Connections > 0 || _later.Running > 0); waited += LeaveInterval)
            await Task.WhenAny(Task.Delay(LeaveInterval, stopping));
        await left.CancelAsync();
        await Task.WhenAny(following);
    }
}
