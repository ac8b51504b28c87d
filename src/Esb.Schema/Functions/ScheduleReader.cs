using Esb.Schema.Diagnostics;
using Esb.Schema.Schedules;
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
            // Other kinds of events belong to other versions or tools; they stay in the file and have no effect here.
            if (item is not YamlMapping entry)
            {
                diagnostics.Warning(
                    DiagnosticCodes.WrongKind,
                    $"{function.Subject}: an event is {item.Kind} and has no effect",
                    item,
                    "for example schedule: { expression: rate(5 minutes) }");
                continue;
            }

            var reader = new MappingReader(entry, $"{function.Subject}, event", diagnostics);
            reader.WarnOfOthersAndEmpty("schedule");
            if (new MappingReader(entry, function.Subject, diagnostics).Nested("schedule") is not { } schedule)
                continue;
            schedule.WarnOfOthersAndEmpty(
                "expression", "rate", "input", "enabled", "state", "timezone", "start_date", "end_date", "retry");
            var (expression, rate) = (schedule.Text("expression"), schedule.Text("rate"));
            if ((expression ?? rate) is not { } given)
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{schedule.Subject}: 'expression' is missing",
                    schedule.Mapping,
                    "for example expression: rate(5 minutes)");
            else
                schedules.Add(ReadOne(schedule, given, diagnostics));
        }

        return schedules;
    }

    private static ScheduleEvent ReadOne(MappingReader schedule, string expression, DiagnosticBag diagnostics)
    {
        var retry = schedule.Nested("retry");
        retry?.WarnOfOthersAndEmpty("maximum_retry_attempts", "maximum_event_age_in_seconds");
        var zone = ReadTimeZone(schedule, diagnostics);
        foreach (var key in (ReadOnlySpan<string>)["expression", "rate"])
            CheckExpression(schedule, key, zone, diagnostics);
        var input = schedule.Text("input");
        FunctionWarnings.CheckSchedule(schedule, input, diagnostics);
        return new ScheduleEvent(expression, input, IsEnabled(schedule, diagnostics), schedule.Mapping.Place)
        {
            TimeZone = zone,
            Window = ScheduleWindow.Read(schedule, "start_date", "end_date", diagnostics),
            MaximumRetryAttempts = retry?.Integer("maximum_retry_attempts", 0, ScheduleEvent.MaxRetries),
            MaximumEventAgeInSeconds = retry?.Integer("maximum_event_age_in_seconds", 60, ScheduleEvent.MaxAge),
        };
    }

    private static void CheckExpression(MappingReader schedule, string key, string? zone, DiagnosticBag diagnostics)
    {
        if (schedule.Mapping[key] is YamlScalar { IsNull: false, Value: var expression }
            && ScheduleExpression.Problem(expression, zone) is { } problem)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{schedule.Subject}: '{expression}' is not a schedule",
                schedule.Mapping[key],
                problem);
    }

    private static bool IsEnabled(MappingReader schedule, DiagnosticBag diagnostics)
    {
        var state = schedule.Text("state");
        if (state is not (null or "ENABLED" or "DISABLED"))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{schedule.Subject}: 'state' is '{state}'",
                schedule.Mapping["state"],
                "allowed: ENABLED or DISABLED");
        var enabled = schedule.Boolean("enabled");
        if (state is not null && enabled is not null && enabled == (state == "DISABLED"))
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{schedule.Subject}: 'state' is '{state}' and 'enabled' is {(enabled.Value ? "true" : "false")}; "
                    + "the schedule is off",
                schedule.Mapping["state"],
                "leave one of them out");
        return state != "DISABLED" && (enabled ?? true);
    }

    private static string? ReadTimeZone(MappingReader schedule, DiagnosticBag diagnostics)
    {
        if (schedule.Text("timezone") is not { } name)
            return null;
        if (ScheduleZone.IsKnown(name))
            return name;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{schedule.Subject}: '{name}' is not a time zone that this machine knows",
            schedule.Mapping["timezone"],
            ScheduleZone.Rule);
        return null;
    }
}
