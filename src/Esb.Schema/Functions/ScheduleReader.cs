using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Functions;

/// <summary>Reads the schedules among a function's events.</summary>
internal static class ScheduleReader
{
    public static IReadOnlyList<ScheduleEvent> Read(MappingReader function, DiagnosticBag diagnostics)
    {
        List<ScheduleEvent> schedules = [];
        foreach (var item in function.List("events"))
        {
            // Other kinds of events belong to other versions or other tools; they stay in the file and do nothing here.
            if (item is not YamlMapping entry || new MappingReader(entry, function.Subject, diagnostics).Nested("schedule") is not { } schedule)
                continue;
            var expression = schedule.Text("expression") ?? schedule.Text("rate");
            if (expression is null)
                diagnostics.Error(DiagnosticCodes.MissingKey, $"{schedule.Subject}: 'expression' is missing", schedule.Mapping, "for example expression: rate(5 minutes)");
            else
                schedules.Add(ReadOne(schedule, expression, diagnostics));
        }

        return schedules;
    }

    private static ScheduleEvent ReadOne(MappingReader schedule, string expression, DiagnosticBag diagnostics)
    {
        var retry = schedule.Nested("retry");
        return new ScheduleEvent(expression, schedule.Text("input"), IsEnabled(schedule, diagnostics), schedule.Mapping.Place)
        {
            TimeZone = ReadTimeZone(schedule, diagnostics),
            MaximumRetryAttempts = retry?.Integer("maximum_retry_attempts", 0, ScheduleEvent.MostRetries),
            MaximumEventAgeInSeconds = retry?.Integer("maximum_event_age_in_seconds", 60, ScheduleEvent.LongestAge),
        };
    }

    private static bool IsEnabled(MappingReader schedule, DiagnosticBag diagnostics)
    {
        var state = schedule.Text("state");
        if (state is not (null or "ENABLED" or "DISABLED"))
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{schedule.Subject}: 'state' is '{state}'", schedule.Mapping["state"], "allowed is ENABLED or DISABLED");
        return state != "DISABLED" && (schedule.Boolean("enabled") ?? true);
    }

    private static string? ReadTimeZone(MappingReader schedule, DiagnosticBag diagnostics)
    {
        if (schedule.Text("timezone") is not { } name)
            return null;
        // Names of other systems (W. Europe Standard Time) have no slash; they would work here by accident only.
        if (name == "UTC" || (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId))
            return name;
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{schedule.Subject}: '{name}' is not a time zone of this machine", schedule.Mapping["timezone"], "name one of the IANA database, such as Europe/Berlin (the package tzdata has them)");
        return null;
    }
}
