namespace Esb.Schema.Schedules;

/// <summary>The rule for the zone in which <c>cron</c> and <c>at</c> are meant.</summary>
public static class ScheduleZone
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "name one of the IANA database, such as Europe/Berlin (the package tzdata has them)";

    /// <summary>Whether this machine has a zone of that IANA name.</summary>
    public static bool IsKnown(string name) =>
        // Names of other systems (W. Europe Standard Time) have no slash; they would work here by accident only.
        name == "UTC" || (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId);
}
