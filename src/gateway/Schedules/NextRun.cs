using System.Collections.Immutable;
using Esb.Gateway.Clocks;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Schedules;

/// <summary>The next run of a schedule. Immutable.</summary>
internal abstract record NextRun
{
    /// <param name="expression">The schedule's expression.</param>
    /// <param name="now">The current time, from which a new schedule counts.</param>
    /// <param name="kept">The next run according to the previous gateway.</param>
    public static NextRun Of(ScheduleExpression expression, Moment now, DateTimeOffset? kept = null)
    {
        if (expression.Period is not { } period)
            return new TimeOfDay(expression, now.Wall, kept ?? expression.Next(now.Wall), Recent: []);
        if (expression.Window.Start is { } start && start > now.Wall)
            return new Interval(period, now.SteadyAt(start), start, expression.Window.End);
        var next = now.Steady + period;
        return new Interval(
            period,
            kept is { } at && now.SteadyAt(at) < next ? now.SteadyAt(at) : next,
            Begins: null,
            expression.Window.End);
    }

    /// <summary>The next run, computed again in case the clock has been set.</summary>
    public virtual NextRun AfterClockChange(Moment now) => this;

    /// <summary>The time of day of the next run, according to the clock as it is set now; null for none.</summary>
    public abstract DateTimeOffset? Due(Moment now);

    /// <summary>The next run after a call.</summary>
    public abstract NextRun Called(Moment now);

    /// <summary>The time until the next run; null for none.</summary>
    public abstract TimeSpan? Wait(Moment now);

    // How long after the end of its window a call may still be made, since a timer is never early but can be a little
    // late. A later call is not made.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // How often to check whether the clock has been set back when it is past the last run.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(1);

    /// <summary><c>rate(…)</c>: a fixed interval, independent of the wall clock.</summary>
    /// <param name="Period">The interval.</param>
    /// <param name="At">The next run.</param>
    /// <param name="Begins">
    /// The start of the schedule's window on the wall clock; null when the window has begun.
    /// </param>
    /// <param name="Ends">The end of the schedule's window on the wall clock; null when the window has no end.</param>
    private sealed record Interval(TimeSpan Period, TimeSpan At, DateTimeOffset? Begins, DateTimeOffset? Ends)
        : NextRun
    {
        public override NextRun AfterClockChange(Moment now) =>
            Begins is { } begins ? this with { At = now.SteadyAt(begins) } : this;

        public override DateTimeOffset? Due(Moment now) => now.WallAt(At) is var due && due > Ends ? null : due;

        public override NextRun Called(Moment now) =>
            this with { At = At + Period > now.Steady ? At + Period : now.Steady + Period, Begins = null };

        public override TimeSpan? Wait(Moment now) =>
            Due(now) is null || now.Wall > Ends + Grace ? CheckInterval : At - now.Steady;
    }

    /// <summary><c>cron(…)</c> and <c>at(…)</c>: times on the wall clock.</summary>
    /// <param name="Expression">The expression that determines the times.</param>
    /// <param name="From">The time on the wall clock when <paramref name="At"/> was computed.</param>
    /// <param name="At">The next time; null for none.</param>
    /// <param name="Recent">The last call and the calls within a minute before it; empty before the first call.</param>
    private sealed record TimeOfDay(
        ScheduleExpression Expression,
        DateTimeOffset From,
        DateTimeOffset? At,
        ImmutableArray<Call> Recent) : NextRun
    {
        // Setting the clock back by less than this is a correction, after which a repeated minute gets only one call.
        // After a larger change, times that the clock reaches again are in the future and get their calls.
        private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

        private bool IsOver => Expression.IsOnce && !Recent.IsEmpty;

        public override NextRun AfterClockChange(Moment now)
        {
            var seen = now.Wall >= From - Correction || IsOver
                ? this
                : this with { From = now.Wall, At = Expression.Next(now.Wall) };
            return seen.Repeats(now) ? seen with { From = now.Wall, At = Expression.Next(now.Wall) } : seen;
        }

        public override DateTimeOffset? Due(Moment now) => now.Wall > Expression.Window.End + Grace ? null : At;

        public override NextRun Called(Moment now)
        {
            var called = this with
            {
                Recent = [.. Recent.Where(c => c.IsWithin(Correction, now)), new Call(At!.Value, now.Steady)],
            };
            if (Expression.IsOnce)
                return called with { At = null };
            return Expression.Next(At.Value) is { } next && next > now.Wall
                ? called with { From = At.Value, At = next }
                : called with { From = now.Wall, At = Expression.Next(now.Wall) };
        }

        public override TimeSpan? Wait(Moment now) =>
            IsOver ? null : Due(now) is { } at ? at - now.Wall : CheckInterval;

        // A clock that is set back and forth shows the same time twice within a minute.
        private bool Repeats(Moment now) =>
            At <= now.Wall && Recent.Any(c => c.Due == At && c.IsWithin(Correction, now));
    }

    /// <summary>A call of a schedule.</summary>
    /// <param name="Due">When the call was due, on the wall clock.</param>
    /// <param name="Steady">When the call was made, on the steady clock.</param>
    private readonly record struct Call(DateTimeOffset Due, TimeSpan Steady)
    {
        public bool IsWithin(TimeSpan time, Moment now) => now.Steady - Steady <= time;
    }
}
