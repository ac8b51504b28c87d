using System.Collections.Immutable;
using Esb.Gateway.Clocks;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Schedules;

/// <summary>When one schedule is due next. Immutable.</summary>
internal abstract record Appointment
{
    /// <param name="expression">Of the schedule.</param>
    /// <param name="now">A new schedule counts from here.</param>
    /// <param name="kept">When it is due, by the gateway that kept it so far.</param>
    public static Appointment Of(ScheduleExpression expression, Moment now, DateTimeOffset? kept = null)
    {
        if (expression.Period is not { } period)
            return new TimeOfDay(expression, now.Wall, kept ?? expression.Next(now.Wall), Recent: []);
        if (expression.Window.Start is { } start && start > now.Wall)
            return new Interval(period, now.SteadyAt(start), start, expression.Window.End);
        var next = now.Steady + period;
        return new Interval(period, kept is { } at && now.SteadyAt(at) < next ? now.SteadyAt(at) : next, Begins: null, expression.Window.End);
    }

    /// <summary>The same, with the clock as it is set now.</summary>
    public virtual Appointment Seen(Moment now) => this;

    /// <summary>When it is due, by the clock on the wall as it is set now; null: it is not.</summary>
    public abstract DateTimeOffset? Due(Moment now);

    /// <summary>After it has been called.</summary>
    public abstract Appointment Called(Moment now);

    /// <summary>How long until it is due; null: there is nothing to wait for.</summary>
    public abstract TimeSpan? Wait(Moment now);

    // What is not called within its window is not called after it; a timer is never early and may be a little late.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // How often to look whether a clock that is past the last time has been set.
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    /// <summary><c>rate(…)</c>: so much later, whatever the clock on the wall is set to.</summary>
    /// <param name="Period">How much.</param>
    /// <param name="At">When it is due.</param>
    /// <param name="Begins">When its window begins, by the clock on the wall; null: it has.</param>
    /// <param name="Ends">When its window ends, by the clock on the wall; null: it does not.</param>
    private sealed record Interval(TimeSpan Period, TimeSpan At, DateTimeOffset? Begins, DateTimeOffset? Ends) : Appointment
    {
        public override Appointment Seen(Moment now) => Begins is { } begins ? this with { At = now.SteadyAt(begins) } : this;

        public override DateTimeOffset? Due(Moment now) => now.WallAt(At) is var due && due > Ends ? null : due;

        public override Appointment Called(Moment now) => this with { At = At + Period > now.Steady ? At + Period : now.Steady + Period, Begins = null };

        public override TimeSpan? Wait(Moment now) => Due(now) is null || now.Wall > Ends + Grace ? Look : At - now.Steady;
    }

    /// <summary><c>cron(…)</c> and <c>at(…)</c>: when the clock on the wall shows a time.</summary>
    /// <param name="Expression">Which times.</param>
    /// <param name="From">The clock had been here when <paramref name="At"/> was found.</param>
    /// <param name="At">The next one of them; null: none.</param>
    /// <param name="Recent">The last call of it, and those within a minute before; empty: it was not called yet.</param>
    private sealed record TimeOfDay(ScheduleExpression Expression, DateTimeOffset From, DateTimeOffset? At, ImmutableArray<Call> Recent) : Appointment
    {
        // A clock that is corrected shows the same minute twice, which is called once; one that is set by more shows times that are to come.
        private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

        private bool IsOver => Expression.IsOnce && !Recent.IsEmpty;

        public override Appointment Seen(Moment now)
        {
            var seen = now.Wall >= From - Correction || IsOver ? this : this with { From = now.Wall, At = Expression.Next(now.Wall) };
            return seen.Repeats(now) ? seen with { From = now.Wall, At = Expression.Next(now.Wall) } : seen;
        }

        public override DateTimeOffset? Due(Moment now) => now.Wall > Expression.Window.End + Grace ? null : At;

        public override Appointment Called(Moment now)
        {
            var called = this with { Recent = [.. Recent.Where(c => c.IsWithin(Correction, now)), new Call(At!.Value, now.Steady)] };
            if (Expression.IsOnce)
                return called with { At = null };
            return Expression.Next(At.Value) is { } next && next > now.Wall
                ? called with { From = At.Value, At = next }
                : called with { From = now.Wall, At = Expression.Next(now.Wall) };
        }

        public override TimeSpan? Wait(Moment now) => IsOver ? null : Due(now) is { } at ? at - now.Wall : Look;

        // Set back and forth, a clock shows one time twice before a minute has passed.
        private bool Repeats(Moment now) => At <= now.Wall && Recent.Any(c => c.Due == At && c.IsWithin(Correction, now));
    }

    /// <summary>One call of a schedule.</summary>
    /// <param name="Due">When it was due, by the clock on the wall.</param>
    /// <param name="Steady">When it was made.</param>
    private readonly record struct Call(DateTimeOffset Due, TimeSpan Steady)
    {
        public bool IsWithin(TimeSpan time, Moment now) => now.Steady - Steady <= time;
    }
}
