namespace Esb.Gateway.Clocks;

/// <summary>One moment on two clocks.</summary>
/// <param name="Wall">
/// The time of day, which can be set; for users, other programs, and schedules at a time of day.
/// </param>
/// <param name="Steady">
/// The time since a fixed moment, which in production is the boot of the machine; for all intervals.
/// </param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Steady)
{
    /// <summary>The time of day at a steady time, with the clock as it is set now.</summary>
    public DateTimeOffset WallAt(TimeSpan steady) => Wall + (steady - Steady);

    /// <summary>The steady time of a time of day, provided that nobody sets the clock before then.</summary>
    public TimeSpan SteadyAt(DateTimeOffset wall) => Steady + (wall - Wall);
}
