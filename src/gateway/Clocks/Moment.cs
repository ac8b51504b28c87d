namespace Esb.Gateway.Clocks;

/// <summary>One moment on both clocks.</summary>
/// <param name="Wall">The time of day, which may be set: for people, for other programs, and for what is due at a time of day.</param>
/// <param name="Steady">Since a moment that does not change, in this process: for every interval.</param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Steady)
{
    /// <summary>What the clock of the wall shows at a steady time, as it is set at this moment.</summary>
    public DateTimeOffset WallAt(TimeSpan steady) => Wall + (steady - Steady);

    /// <summary>The steady time at which the clock of the wall shows a time, if nobody sets it until then.</summary>
    public TimeSpan SteadyAt(DateTimeOffset wall) => Steady + (wall - Wall);
}

/// <summary>The two clocks of a <see cref="TimeProvider"/>.</summary>
internal static class Clock
{
    /// <summary>Only differences of it mean anything.</summary>
    public static TimeSpan Steady(this TimeProvider time) => time.GetElapsedTime(0);

    public static Moment Now(this TimeProvider time) => new(time.GetUtcNow(), time.Steady());
}
