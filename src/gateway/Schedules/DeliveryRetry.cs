using Esb.Schema.Functions;

namespace Esb.Gateway.Schedules;

/// <summary>
/// How often, and for how long, an event that is due is offered again when it cannot be taken in: the disk is full, or too much waits.
/// What the function makes of it is the business of its own retries. Source: EventBridge Scheduler, RetryPolicy.
/// </summary>
internal sealed record DeliveryRetry(int Attempts, TimeSpan Age)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public static readonly DeliveryRetry Default = new(ScheduleEvent.MaxRetries, TimeSpan.FromSeconds(ScheduleEvent.MaxAge));

    public static DeliveryRetry Of(ScheduleEvent schedule) => new(
        schedule.MaximumRetryAttempts ?? Default.Attempts,
        schedule.MaximumEventAgeInSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : Default.Age);

    /// <summary>How long to wait before the next try; null when there is none any more.</summary>
    /// <param name="tried">How often it has been offered.</param>
    /// <param name="age">Since it was due.</param>
    public TimeSpan? PauseAfter(int tried, TimeSpan age)
    {
        var pause = TimeSpan.FromSeconds(1 << Math.Min(tried - 1, 6));
        pause = pause < LongestPause ? pause : LongestPause;
        return tried > Attempts || age + pause > Age ? null : pause;
    }
}
