using Esb.Schema.Functions;

namespace Esb.Gateway.Schedules;

/// <summary>
/// How often, and for how long, the gateway tries again to accept a due event when the disk is full or too many events
/// are waiting. Errors of the function have their own retries. Source: EventBridge Scheduler, RetryPolicy.
/// </summary>
internal sealed record DeliveryRetry(int Attempts, TimeSpan Age)
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(1);

    public static readonly DeliveryRetry Default = new(
        ScheduleEvent.MaxRetries, TimeSpan.FromSeconds(ScheduleEvent.MaxAge));

    public static DeliveryRetry Of(ScheduleEvent schedule) => new(
        schedule.MaximumRetryAttempts ?? Default.Attempts,
        schedule.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Default.Age);

    /// <summary>The pause before the next attempt; null when no further attempt is made.</summary>
    /// <param name="tried">The number of attempts so far.</param>
    /// <param name="age">The time since the event was due.</param>
    public TimeSpan? PauseAfter(int tried, TimeSpan age)
    {
        var pause = TimeSpan.FromSeconds(1 << Math.Min(tried - 1, 6));
        pause = pause < MaxPause ? pause : MaxPause;
        return tried > Attempts || age + pause > Age ? null : pause;
    }
}
