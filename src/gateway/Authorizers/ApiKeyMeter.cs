using Esb.Gateway.Clocks;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// Rate, burst and quota of one key, each in one number that is replaced by compare-and-swap. The rate is a token bucket, kept as the time
/// at which it is full again. Counts live in this process: a restart begins anew, which the service does not.
/// </summary>
internal sealed class ApiKeyMeter(ApiKeyDefinition key, TimeProvider time)
{
    private const int CountBits = 32;

    private readonly long _step = key.Rate is { } rate ? Math.Max(1, (long)(TimeSpan.TicksPerSecond / rate)) : 0;
    private readonly long _burst = key.Burst ?? Math.Max(1, (long)Math.Ceiling(key.Rate ?? 1));

    // Ticks of the steady clock.
    private long _fullAt;

    // Number of the period, then how many requests it has had. The first period is shorter by the offset.
    private long _used = key.Quota is { Offset: > 0 } quota ? (PeriodOf(quota.Period, time.Now().Wall.UtcDateTime) << CountBits) | (uint)quota.Offset : 0;

    /// <summary>Takes one request out of both. The quota is not touched by a request that comes too fast.</summary>
    public KeyOutcome Take()
    {
        var now = time.Now();
        if (_step > 0 && !TakeToken(now.Steady.Ticks))
            return KeyOutcome.TooFast;
        return key.Quota is null || TakeQuota(key.Quota, now.Wall.UtcDateTime) ? KeyOutcome.Good : KeyOutcome.UsedUp;
    }

    private bool TakeToken(long now)
    {
        while (true)
        {
            var before = Interlocked.Read(ref _fullAt);
            var after = Math.Max(before, now) + _step;
            if (after - now > _burst * _step)
                return false;
            if (Interlocked.CompareExchange(ref _fullAt, after, before) == before)
                return true;
        }
    }

    private bool TakeQuota(ApiKeyQuota quota, DateTime now)
    {
        var period = PeriodOf(quota.Period, now);
        while (true)
        {
            var before = Interlocked.Read(ref _used);
            // A clock that is set back over midnight is still in the day that it was in.
            if (before >> CountBits == period + 1)
                period++;
            var count = before >> CountBits == period ? (uint)before : 0;
            if (count >= quota.Limit)
                return false;
            if (Interlocked.CompareExchange(ref _used, (period << CountBits) | (count + 1), before) == before)
                return true;
        }
    }

    // 0001-01-01 was a Monday.
    private static long PeriodOf(QuotaPeriod period, DateTime now) => period switch
    {
        QuotaPeriod.Month => (now.Year * 12L) + now.Month,
        QuotaPeriod.Week => now.Ticks / TimeSpan.TicksPerDay / 7,
        _ => now.Ticks / TimeSpan.TicksPerDay,
    };
}
