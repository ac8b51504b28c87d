using Esb.Schema.Diagnostics;
using Esb.Schema.Schedules;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>An invocation by the clock.</summary>
/// <param name="Expression"><c>rate(…)</c>, <c>cron(…)</c> or <c>at(…)</c>, as EventBridge writes them.</param>
/// <param name="Input">The JSON payload; null means EventBridge's own scheduled event.</param>
/// <param name="Enabled">A disabled schedule is kept but does not fire.</param>
/// <param name="Place">Where it stands.</param>
public sealed record ScheduleEvent(string Expression, string? Input, bool Enabled, Place Place)
{
    /// <summary>EventBridge Scheduler's quota for <see cref="MaximumRetryAttempts"/>, which is its default too.</summary>
    public const int MostRetries = 185;

    /// <summary>EventBridge Scheduler's quota for <see cref="MaximumEventAgeInSeconds"/>, which is its default too: a day.</summary>
    public const int LongestAge = 86_400;

    /// <summary>The IANA name of the zone in which <c>cron</c> and <c>at</c> are meant; null is UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>From when and until when it calls.</summary>
    public ScheduleWindow Window { get; init; }

    /// <summary>How often an event that could not be taken in is offered again; null when not said.</summary>
    public int? MaximumRetryAttempts { get; init; }

    /// <summary>Seconds after which such an event is given up; null when not said.</summary>
    public int? MaximumEventAgeInSeconds { get; init; }
}
