using Esb.Gateway.Clocks;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// How much of its rate and quota an API key has used, independent of its limits: a reload that changes the limits
/// keeps the usage, as API Gateway does for a usage plan. Each part is one value, replaced by compare-and-swap. The
/// usage is kept in this process and starts from zero with the gateway, unlike on AWS.
/// </summary>
internal sealed class ApiKeyMeter(TimeProvider time)
{
    private const int CountBits = 32;

    // A bucket that is full except for a rounding error counts as full.
    private const double Rounding = 1e-9;

    // The first period of each kind, in which the quota is reduced by its offset.
    private readonly long[] _first = PeriodsOf(time.Now().Wall.UtcDateTime);

    // For each kind of period, the number of the period in the upper bits and the count of its requests in the lower
    // bits. So a quota can change from days to weeks and back without losing its usage.
    private readonly long[] _used = [.. PeriodsOf(time.Now().Wall.UtcDateTime).Select(p => p << CountBits)];

    private Bucket _bucket = new(0, TimeSpan.Zero);

    /// <summary>
    /// Takes one request out of the rate and the quota. A request over the rate does not use the quota.
    /// </summary>
    public KeyOutcome Take(ApiKeyDefinition key)
    {
        var now = time.Now();
        if (key.Rate is { } rate && !TakeToken(rate, key.Burst ?? Math.Max(1, Math.Ceiling(rate)), now.Steady))
            return KeyOutcome.TooFast;
        return key.Quota is null || TakeQuota(key.Quota, now.Wall.UtcDateTime) ? KeyOutcome.Good : KeyOutcome.UsedUp;
    }

    /// <summary>Whether a quota period in which requests were counted has not ended yet.</summary>
    public bool IsInUse()
    {
        var now = PeriodsOf(time.Now().Wall.UtcDateTime);
        return now.Where((period, kind) => Interlocked.Read(ref _used[kind]) is var used
            && used >> CountBits >= period && (uint)used > 0).Any();
    }

    private bool TakeToken(double rate, double burst, TimeSpan now)
    {
        while (true)
        {
            var before = Volatile.Read(ref _bucket);
            var missing = Math.Max(0, Math.Min(before.Missing, burst) - ((now - before.At).TotalSeconds * rate));
            if (missing + 1 > burst + Rounding)
                return false;
            if (Interlocked.CompareExchange(ref _bucket, new Bucket(missing + 1, now), before) == before)
                return true;
        }
    }

    private bool TakeQuota(ApiKeyQuota quota, DateTime now)
    {
        ref var used = ref _used[(int)quota.Period];
        var period = PeriodOf(quota.Period, now);
        while (true)
        {
            var before = Interlocked.Read(ref used);
            // When the clock is set back over the start of a period, that period still counts.
            if (before >> CountBits == period + 1)
                period++;
            var count = before >> CountBits == period ? (uint)before : 0;
            var limit = quota.Limit - (period == _first[(int)quota.Period] ? quota.Offset : 0);
            if (count >= limit)
                return false;
            if (Interlocked.CompareExchange(ref used, (period << CountBits) | (count + 1), before) == before)
                return true;
        }
    }

    private static long[] PeriodsOf(DateTime now) => [.. Enum.GetValues<QuotaPeriod>().Select(p => PeriodOf(p, now))];

    // 0001-01-01 was a Monday.
    private static long PeriodOf(QuotaPeriod period, DateTime now) => period switch
    {
        QuotaPeriod.Month => (now.Year * 12L) + now.Month,
        QuotaPeriod.Week => now.Ticks / TimeSpan.TicksPerDay / 7,
        _ => now.Ticks / TimeSpan.TicksPerDay,
    };

    // The number of tokens that the bucket lacked at a time of the steady clock.
    private sealed record Bucket(double Missing, TimeSpan At);
}
