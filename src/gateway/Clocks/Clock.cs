namespace Esb.Gateway.Clocks;

/// <summary>The two clocks of a <see cref="TimeProvider"/>.</summary>
internal static class Clock
{
    /// <summary>The steady clock; only the difference between two of its values has a meaning.</summary>
    public static TimeSpan Steady(this TimeProvider time) => time.GetElapsedTime(0);

    public static Moment Now(this TimeProvider time) => new(time.GetUtcNow(), time.Steady());
}
