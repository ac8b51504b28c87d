using System.Text.Json;
using System.Text.RegularExpressions;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Schedules;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// Reads schedules: events of kind <c>Schedule</c> and <c>ScheduleV2</c>, <c>AWS::Events::Rule</c> with a
/// <c>ScheduleExpression</c>, and <c>AWS::Scheduler::Schedule</c>.
/// </summary>
internal static class Schedules
{
    public static SamSchedule? OfEvent(SamFunction function, FunctionEvent item, StackContext context)
    {
        var key = item.Kind == "ScheduleV2" ? "ScheduleExpression" : "Schedule";
        var where = new Where(function.LogicalId, $"Events.{item.Name.Value}.{key}", item.Kind == "Schedule");
        return item.Properties.RequiredText(key, $"for example {key}: rate(5 minutes)") is null
            ? null
            : Read(item.Properties, item.Properties, key, where, context);
    }

    /// <summary>
    /// Returns the schedules that are separate resources, each with the function that it calls. Those with other
    /// targets are reported.
    /// </summary>
    public static IEnumerable<(TemplateResource Resource, string Property, string Function, SamSchedule Schedule)> Of(
        ResourceSet resources,
        StackContext context)
    {
        const string Key = "ScheduleExpression";
        foreach (var rule in resources.Of("AWS::Events::Rule"))
        {
            var reader = new MappingReader(rule.Properties, rule.LogicalId, context.Diagnostics);
            List<YamlMapping> targets = [.. reader.List("Targets").OfType<YamlMapping>()];
            if (targets.Count == 0)
                context.LeaveOut(
                    rule.LogicalId,
                    "Targets",
                    "it has no target, so it calls nothing",
                    rule.Key,
                    "name a function: Targets: [{ Id: f, Arn: !GetAtt F.Arn }]");
            if (reader.Text(Key) is null)
                continue;
            foreach (var target in targets)
            {
                if (Called(rule, target, "Targets", context) is { } function)
                    yield return (rule, "Targets", function, Read(
                        reader,
                        new MappingReader(target, rule.LogicalId, context.Diagnostics),
                        Key,
                        new Where(rule.LogicalId, Key, IsRule: true),
                        context));
            }
        }

        foreach (var schedule in resources.Of("AWS::Scheduler::Schedule"))
        {
            var reader = new MappingReader(schedule.Properties, schedule.LogicalId, context.Diagnostics);
            if (reader.RequiredText(Key, "for example ScheduleExpression: rate(5 minutes)") is not null
                && reader.Nested("Target") is { } target
                && Called(schedule, target.Mapping, "Target", context) is { } function)
                yield return (schedule, "Target", function, Read(
                    reader, target, Key, new Where(schedule.LogicalId, Key, IsRule: false), context));
        }
    }

    private static string? Called(TemplateResource resource, YamlMapping target, string property, StackContext context)
    {
        if (LambdaTarget.NameOf(target["Arn"]) is { } function)
            return function;
        context.LeaveOut(
            resource.LogicalId,
            property,
            "its target is not a function, and only functions are called",
            target["Arn"] ?? resource.Key);
        return null;
    }

    // The target has the input and the retry policy; the schedule has the expression and the state.
    private static SamSchedule Read(
        MappingReader schedule,
        MappingReader target,
        string key,
        Where where,
        StackContext context)
    {
        var diagnostics = context.Diagnostics;
        var expression = schedule.Text(key)!;
        var zone = schedule.Text("ScheduleExpressionTimezone");
        var enabled = schedule.Boolean("Enabled")
            ?? !string.Equals(schedule.Text("State"), "DISABLED", StringComparison.OrdinalIgnoreCase);
        var window = ScheduleWindow.Read(schedule, "StartDate", "EndDate", diagnostics);
        if ((where.IsRule
            ? ScheduleExpression.ProblemOfRule(expression)
            : ScheduleExpression.Problem(expression, zone)) is { } problem)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{schedule.Subject}: '{expression}' is not a schedule",
                schedule.Mapping[key],
                problem);
        else if (enabled && ScheduleExpression.IsOver(expression, zone, window, context.Options.Time.GetUtcNow()))
            ReportPassed(schedule, key, where, context);
        if (zone is not null && !ScheduleZone.IsKnown(zone))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{schedule.Subject}: '{zone}' is not a time zone that this machine knows",
                schedule.Mapping["ScheduleExpressionTimezone"],
                ScheduleZone.Rule);
        if (schedule.Mapping["Enabled"] is YamlScalar { IsNull: false }
            && schedule.Mapping["State"] is YamlScalar { IsNull: false } state)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{schedule.Subject}: both 'Enabled' and 'State' are given",
                state,
                "SAM accepts only one of them");
        var retry = target.Nested("RetryPolicy");
        var policy = retry is null ? null : YamlMapping.Of(
            ("maximum_retry_attempts", Number(retry.Integer("MaximumRetryAttempts", 0, 185))),
            ("maximum_event_age_in_seconds", Number(retry.Integer("MaximumEventAgeInSeconds", 60, 86_400))));
        return new SamSchedule(expression, Input(target, diagnostics), enabled, zone, policy) { Window = window };
    }

    private static void ReportPassed(MappingReader schedule, string key, Where where, StackContext context)
    {
        const string Why = "its time has passed, so it never calls";
        var at = schedule.Mapping[key]!;
        context.Diagnostics.Warning(
            DiagnosticCodes.WrongValue,
            $"{schedule.Subject}: '{schedule.Text(key)}': {Why}",
            at,
            "use a time in the future, or remove it");
        context.Receipt.Ignored(where.Resource, where.Property, Why, at);
    }

    // EventBridge rules accept fewer expressions than EventBridge Scheduler does.
    private sealed record Where(string Resource, string Property, bool IsRule);

    private static string? Input(MappingReader target, DiagnosticBag diagnostics)
    {
        if (target.Mapping["Input"] is YamlMapping or YamlSequence)
            return Texts.Json(target.Mapping["Input"]);
        if (target.Text("Input") is not { } input)
            return null;
        if (!IsJson(Attribute.Replace(input, "0")))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{target.Subject}: 'Input' is not JSON",
                target.Mapping["Input"],
                "text in it needs double quotes: Input: '{\"key\": \"value\"}'");
        return input;
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static YamlScalar? Number(int? value) => value is { } number ? YamlScalar.Number(number) : null;

    // Such attributes are replaced when the schedule is due. Source: EventBridge Scheduler, "Adding context
    // attributes".
    private static readonly Regex Attribute = new(
        "<aws\\.scheduler\\.[a-z-]+>", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
