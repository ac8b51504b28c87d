using Esb.Gateway.Configuration;

namespace Esb.Gateway.Workers;

/// <summary>One timer for all time limits, instead of one for each request: what is over is ended at most an interval late.</summary>
internal sealed class Sweeper(LiveConfiguration configuration, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var pool in configuration.AllPools())
                pool.Sweep();
        }
    }
}
