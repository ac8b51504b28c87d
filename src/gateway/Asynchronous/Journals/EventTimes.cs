using Esb.Host.Clocks;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// How old an event is and how much longer it waits, at a moment of the machine's steady clock. Nobody can set that
/// clock. It keeps running when a gateway ends, and begins again when the machine boots. So the times are exact after a
/// restart of the gateway. After a reboot, the time in between is unknown and counts neither as age nor as waiting. The
/// time of day would not help, since a clock without a battery is wrong after a boot.
/// </summary>
/// <param name="Boot">The id of the machine's boot; moments of different boots cannot be compared.</param>
/// <param name="At">The moment.</param>
/// <param name="Age">The time since the event was accepted, as far as it is known.</param>
/// <param name="Pause">The time until its next attempt.</param>
internal readonly record struct EventTimes(Guid Boot, TimeSpan At, TimeSpan Age, TimeSpan Pause)
{
    /// <summary>When it was accepted, on the steady clock of its boot.</summary>
    public TimeSpan Accepted => At - Age;

    /// <summary>When it may be tried next, on the steady clock of its boot.</summary>
    public TimeSpan Due => At + Pause;

    /// <summary>
    /// The id of the current boot. Where the kernel does not report one, every process counts as a boot of its own.
    /// </summary>
    public static Guid CurrentBoot()
    {
        try
        {
            return Guid.TryParse(MachineBoot.ReadId(), out var boot) ? boot : Guid.NewGuid();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Guid.NewGuid();
        }
    }

    /// <summary>The times of an event that is accepted now.</summary>
    public static EventTimes New(Guid boot, TimeSpan now) => new(boot, now, TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>The times of the same event now.</summary>
    /// <param name="boot">The current boot.</param>
    /// <param name="now">This moment.</param>
    /// <param name="maxPause">The maximum time that any event waits for its next attempt.</param>
    public EventTimes Continued(Guid boot, TimeSpan now, TimeSpan maxPause)
    {
        var passed = boot == Boot && now > At ? now - At : TimeSpan.Zero;
        var pause = Pause - passed;
        return new EventTimes(
            boot, now, Age + passed, pause < TimeSpan.Zero ? TimeSpan.Zero : pause < maxPause ? pause : maxPause);
    }

    /// <summary>The times of the same event when it waits from now on.</summary>
    public EventTimes Waiting(TimeSpan now, TimeSpan pause) => new(Boot, now, now - Accepted, pause);
}
