using Esb.Sam.Apis;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// What invokes functions by the clock: events of the kinds <c>Schedule</c> and <c>ScheduleV2</c>, <c>AWS::Events::Rule</c> with a
/// <c>ScheduleExpression</c>, <c>AWS::Scheduler::Schedule</c>.
/// </summary>
internal static class Schedules
{
    public static SamSchedule? OfEvent(string kind, MappingReader properties)
    {
        var key = kind == "ScheduleV2" ? "ScheduleExpression" : "Schedule";
        var expression = properties.RequiredText(key, $"for example {key}: rate(5 minutes)");
        return expression is null ? null : Read(properties, properties, expression);
    }

    /// <summary>The schedules of plain resources whose target is the function.</summary>
    public static IEnumerable<SamSchedule> Of(ResourceSet resources, SamFunction function, Resolver resolver)
    {
        foreach (var rule in resources.Of("AWS::Events::Rule"))
        {
            var reader = new MappingReader(rule.Properties, rule.LogicalId, resolver.Diagnostics);
            if (reader.Text("ScheduleExpression") is not { } expression)
                continue;
            foreach (var target in reader.List("Targets").OfType<YamlMapping>().Where(t => LambdaTarget.NameOf(t["Arn"]) == function.Name))
                yield return Read(reader, new MappingReader(target, rule.LogicalId, resolver.Diagnostics), expression);
        }

        foreach (var schedule in resources.Of("AWS::Scheduler::Schedule"))
        {
            var reader = new MappingReader(schedule.Properties, schedule.LogicalId, resolver.Diagnostics);
            if (reader.Nested("Target") is { } target && LambdaTarget.NameOf(target.Mapping["Arn"]) == function.Name && reader.Text("ScheduleExpression") is { } expression)
                yield return Read(reader, target, expression);
        }
    }

    // What is invoked with which input stands at the target; when and whether, at the schedule.
    private static SamSchedule Read(MappingReader schedule, MappingReader target, string expression)
    {
        var enabled = schedule.Boolean("Enabled") ?? schedule.Text("State") is not ("DISABLED" or "Disabled");
        var retry = target.Nested("RetryPolicy");
        var policy = retry is null ? null : YamlMapping.Of(
            ("maximum_retry_attempts", Number(retry.Integer("MaximumRetryAttempts", 0, 185))),
            ("maximum_event_age_in_seconds", Number(retry.Integer("MaximumEventAgeInSeconds", 60, 86_400))));
        var input = target.Mapping["Input"] is YamlMapping or YamlSequence ? Texts.Json(target.Mapping["Input"]) : target.Text("Input");
        return new SamSchedule(expression, input, enabled, schedule.Text("ScheduleExpressionTimezone"), policy);
    }

    private static YamlScalar? Number(int? value) => value is { } number ? YamlScalar.Number(number) : null;
}
