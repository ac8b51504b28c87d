namespace Esb.Schema.Schedules;

/// <summary>The rule for the time zone of <c>cron</c> and <c>at</c>.</summary>
public static class ScheduleZone
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "name one from the IANA database, such as Europe/Berlin (the package tzdata has them)";

    /// <summary>Whether this machine has a zone with that IANA name.</summary>
    public static bool IsKnown(string name) =>
        // Windows names (W. Europe Standard Time) may be found too, but are not IANA names.
        name == "UTC" || (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId);
}
