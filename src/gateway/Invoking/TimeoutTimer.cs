using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Invoking;

/// <summary>
/// One timer for all timeouts, instead of one timer for each request. A timeout is enforced at most one interval late.
/// </summary>
internal sealed class TimeoutTimer(LiveConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private int _turn;

    /// <summary>Enforces timeouts until cancelled.</summary>
    /// <param name="more">Another action for each interval.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public async Task RunAsync(Action more, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            EnforceTimeouts();
            more();
        }
    }

    /// <summary>Enforces the timeouts of all pools.</summary>
    public void EnforceTimeouts()
    {
        List<WorkerPool>? waiting = null;
        foreach (var pool in configuration.AllPools())
        {
            if (pool.NeedsMemory)
                (waiting ??= []).Add(pool);
            else
                pool.EnforceTimeouts();
        }

        if (waiting is not null)
            Share(waiting);
    }

    // Each pool that needs memory gets the memory of one worker in turn. To free it, the worker that has been idle the
    // longest is stopped.
    private void Share(List<WorkerPool> waiting)
    {
        foreach (var _ in waiting)
        {
            var idle = configuration.AllPools()
                .Select(p => (Pool: p, Since: p.IdleSince)).Where(p => p.Since is not null).ToList();
            if (idle.Count > 0)
                idle.MinBy(p => p.Since).Pool.StopLongestIdle();
        }

        _turn = (_turn + 1) % waiting.Count;
        for (var i = 0; i < waiting.Count; i++)
            waiting[(_turn + i) % waiting.Count].EnforceTimeouts();
    }
}
