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
            return new TimeOfDay(expression, now.Wall, kept ?? expression.Next(now.Wall), WasCalled: false);
        var next = now.Steady + period;
        return new Interval(period, kept is { } at && now.SteadyAt(at) < next ? now.SteadyAt(at) : next);
    }

    /// <summary>The same, with the clock as it is set now.</summary>
    public virtual Appointment Seen(Moment now) => this;

    /// <summary>When it is due, by the clock on the wall as it is set now; null: it is not.</summary>
    public abstract DateTimeOffset? Due(Moment now);

    /// <summary>After it has been called.</summary>
    public abstract Appointment Called(Moment now);

    /// <summary>How long until it is due; null: there is nothing to wait for.</summary>
    public abstract TimeSpan? Wait(Moment now);

    /// <summary><c>rate(…)</c>: so much later, whatever the clock on the wall is set to.</summary>
    private sealed record Interval(TimeSpan Period, TimeSpan At) : Appointment
    {
        public override DateTimeOffset? Due(Moment now) => now.WallAt(At);

        public override Appointment Called(Moment now) => this with { At = At + Period > now.Steady ? At + Period : now.Steady + Period };

        public override TimeSpan? Wait(Moment now) => At - now.Steady;
    }

    /// <summary><c>cron(…)</c> and <c>at(…)</c>: when the clock on the wall shows a time.</summary>
    /// <param name="Expression">Which times.</param>
    /// <param name="From">The clock had been here when <paramref name="At"/> was found.</param>
    /// <param name="At">The next one of them; null: none.</param>
    /// <param name="WasCalled">What is to be called once, has been.</param>
    private sealed record TimeOfDay(ScheduleExpression Expression, DateTimeOffset From, DateTimeOffset? At, bool WasCalled) : Appointment
    {
        // A clock that is corrected shows the same minute twice, which is called once; one that is set by more shows times that are to come.
        private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

        // How often to look whether a clock that is past the only time has been set.
        private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

        public override Appointment Seen(Moment now) =>
            now.Wall >= From - Correction || WasCalled ? this : this with { From = now.Wall, At = Expression.Next(now.Wall) };

        public override DateTimeOffset? Due(Moment now) => At;

        public override Appointment Called(Moment now)
        {
            if (Expression.IsOnce)
                return this with { At = null, WasCalled = true };
            return Expression.Next(At!.Value) is { } next && next > now.Wall
                ? this with { From = At.Value, At = next }
                : this with { From = now.Wall, At = Expression.Next(now.Wall) };
        }

        public override TimeSpan? Wait(Moment now) => WasCalled ? null : At is { } at ? at - now.Wall : Look;
    }
}
