namespace Esb.Gateway.Schedules;

/// <summary>What is to be invoked by the clock. Two that are equal are the same schedule, before and after a reload.</summary>
/// <param name="Function">The name of the function.</param>
/// <param name="Expression">As written.</param>
/// <param name="Input">The payload as written; null means EventBridge's own event.</param>
/// <param name="Ordinal">Tells schedules apart that are equal in everything else.</param>
internal sealed record ScheduledCall(string Function, string Expression, string? Input, int Ordinal)
{
    /// <summary>The zone of its times of day; null is UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The first moment at which it is called; null: any.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>The last moment at which it is called; null: any.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>What becomes of it when it cannot be taken in.</summary>
    public DeliveryRetry Retry { get; init; } = DeliveryRetry.Default;
}
