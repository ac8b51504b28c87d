using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Invoking;

/// <summary>One timer for all time limits, instead of one for each request: what is over is ended at most an interval late.</summary>
internal sealed class Sweeper(LiveConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private int _turn;

    /// <summary>Sweeps until cancelled.</summary>
    /// <param name="more">Called each time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(Action more, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            Sweep();
            more();
        }
    }

    /// <summary>Once over all pools.</summary>
    public void Sweep()
    {
        List<WorkerPool>? starved = null;
        foreach (var pool in configuration.AllPools())
        {
            if (pool.IsStarved)
                (starved ??= []).Add(pool);
            else
                pool.Sweep();
        }

        if (starved is not null)
            Share(starved);
    }

    // Each that wants memory gets one worker's in turn; for each, the worker goes that has had nothing to do for the longest time.
    private void Share(List<WorkerPool> starved)
    {
        foreach (var _ in starved)
        {
            var idle = configuration.AllPools().Select(p => (Pool: p, Since: p.IdleSince)).Where(p => p.Since is not null).ToList();
            if (idle.Count > 0)
                idle.MinBy(p => p.Since).Pool.GiveWay();
        }

        _turn = (_turn + 1) % starved.Count;
        for (var i = 0; i < starved.Count; i++)
            starved[(_turn + i) % starved.Count].Sweep();
    }
}
