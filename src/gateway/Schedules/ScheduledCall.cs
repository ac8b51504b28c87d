namespace Esb.Gateway.Schedules;

/// <summary>
/// A call of a function by the clock. Two equal calls are the same schedule, before and after a reload.
/// </summary>
/// <param name="Function">The name of the function.</param>
/// <param name="Expression">The expression as written.</param>
/// <param name="Input">The payload as written; null for EventBridge's own event.</param>
/// <param name="Ordinal">Distinguishes schedules that are otherwise equal.</param>
internal sealed record ScheduledCall(string Function, string Expression, string? Input, int Ordinal)
{
    /// <summary>The time zone; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The start of the schedule's window; null when the window has no start.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The end of the schedule's window; null when the window has no end.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>What happens when the event cannot be accepted.</summary>
    public DeliveryRetry Retry { get; init; } = DeliveryRetry.Default;
}
