using Esb.Schema.Diagnostics;
using Esb.Schema.Schedules;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>A schedule that invokes a function.</summary>
/// <param name="Expression"><c>rate(…)</c>, <c>cron(…)</c> or <c>at(…)</c>, in EventBridge's notation.</param>
/// <param name="Input">The JSON payload; null for the scheduled event of EventBridge.</param>
/// <param name="Enabled">A disabled schedule is kept but does not run.</param>
/// <param name="Place">The position of the schedule.</param>
public sealed record ScheduleEvent(string Expression, string? Input, bool Enabled, Place Place)
{
    /// <summary>
    /// EventBridge Scheduler's limit for <see cref="MaximumRetryAttempts"/>, which is also the default.
    /// </summary>
    public const int MaxRetries = 185;

    /// <summary>
    /// EventBridge Scheduler's limit for <see cref="MaximumEventAgeInSeconds"/>, which is also the default: a day.
    /// </summary>
    public const int MaxAge = 86_400;

    /// <summary>The IANA name of the time zone of <c>cron</c> and <c>at</c>; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The times between which it is active.</summary>
    public ScheduleWindow Window { get; init; }

    /// <summary>How often an event that could not be accepted is retried; null when not given.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>Seconds after which such an event is given up; null when not given.</summary>
    public int? MaximumEventAgeInSeconds { get; init; }
}
