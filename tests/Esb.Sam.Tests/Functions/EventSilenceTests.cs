using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Functions;

/// <summary>Events, rules and schedules that call nothing, or never, are errors or lines.</summary>
internal sealed class EventSilenceTests
{
    private static readonly SamOptions Then =
        new() { Time = new StoppedTime(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero)) };

    private static readonly SamOptions Strict = Then with { Strict = true };

    [Test]
    [Arguments("null", "event 'E' must be a mapping, but is nothing")]
    [Arguments("[]", "event 'E' must be a mapping, but is a list")]
    [Arguments("HttpApi", "event 'E' must be a mapping, but is text")]
    [Arguments("{}", "'Type' is missing")]
    [Arguments("{ Type: HttpApy }", "'HttpApy' is not a kind of event; did you mean 'HttpApi'?")]
    [Arguments("{ Type: HttpApi, Properties: [] }", "'Properties' must be a mapping")]
    [Arguments("{ Type: Schedule }", "'Schedule' is missing")]
    [Arguments("{ Type: ScheduleV2, Properties: null }", "'ScheduleExpression' is missing")]
    public async Task An_invalid_event_is_an_error(string written, string message) =>
        await Assert.That(Templates.Message(Templates.FunctionWith($"Events: {{ E: {written} }}"))).Contains("error: ")
            .And.Contains(message);

    [Test]
    [Arguments(
        "PayloadFormatVersion: '1.0'",
        "warning: F: Events.E.PayloadFormatVersion is left out: SAM reads only Type and Properties there")]
    [Arguments("Note: a", "warning: F: Events.E.Note is left out")]
    [Arguments("Propertie: {}", "error: F, event 'E': unknown property 'Propertie'; did you mean 'Properties'?")]
    [Arguments(
        "Auth: { ApiKeyRequired: true }",
        "error: F, event 'E': unknown property 'Auth'; what it was meant to guard would be open")]
    [Arguments("Authorizer: L", "error: F, event 'E': unknown property 'Authorizer'")]
    public async Task A_key_beside_Type_and_Properties_is_a_line_and_a_misspelt_one_or_a_guard_is_an_error(
        string key,
        string message) =>
        await Assert.That(Templates.Message(Templates.FunctionWith(
            $"Events: {{ E: {{ Type: Api, {key}, Properties: {{ Path: /a, Method: get }} }} }}"))).Contains(message);

    [Test]
    [Arguments("AWS::Scheduler::Schedule", "ScheduleExpression: rate(1 day)", "R: 'Target' is missing")]
    [Arguments("AWS::Scheduler::Schedule", "ScheduleExpression: rate(1 day), Target: null", "R: 'Target' is missing")]
    [Arguments("AWS::Scheduler::Schedule", "Target: { Arn: !GetAtt F.Arn }", "'ScheduleExpression' is missing")]
    [Arguments(
        "AWS::Events::Rule",
        "Targets: [{ Id: t, Arn: !GetAtt F.Arn }]",
        "R: 'ScheduleExpression' or 'EventPattern' is missing")]
    [Arguments("AWS::ApiGateway::Method", "ResourceId: x, HttpMethod: GET", "M: 'RestApiId' is missing")]
    [Arguments("AWS::ApiGatewayV2::Route", "RouteKey: GET /a", "M: 'ApiId' is missing")]
    public async Task A_resource_that_CloudFormation_would_not_create_is_an_error(
        string type,
        string properties,
        string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(With(message[0] == 'M' ? "M" : "R", type, properties))))
            .Contains("error: ")
            .And.Contains(message);

    [Test]
    [Arguments("AWS::Events::Rule", "ScheduleExpression: rate(1 day)", "Targets")]
    [Arguments("AWS::Events::Rule", "ScheduleExpression: rate(1 day), Targets: []", "Targets")]
    [Arguments("AWS::Events::Rule", "EventPattern: { source: [a] }", "Targets")]
    [Arguments(
        "AWS::Events::Rule",
        "ScheduleExpression: rate(1 day), Targets: [{ Id: t, Arn: 'arn:aws:sqs:us-east-1:1:q' }]",
        "Targets")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: rate(1 day), Target: { Arn: 'arn:aws:sqs:us-east-1:1:q' }",
        "Target")]
    [Arguments("AWS::Scheduler::Schedule", "ScheduleExpression: rate(1 day), Target: {}", "Target")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: 'at(2020-01-01T00:00:00)', Target: { Arn: !GetAtt F.Arn }",
        "ScheduleExpression")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: rate(1 day), EndDate: '2026-06-01T00:00:00Z', Target: { Arn: !GetAtt F.Arn }",
        "ScheduleExpression")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: rate(1 day), EndDate: 2026-06-02T00:00:00Z, Target: { Arn: !GetAtt F.Arn }",
        "ScheduleExpression")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: 'cron(0 9 * * ? 2020-2025)', Target: { Arn: !GetAtt F.Arn }",
        "ScheduleExpression")]
    [Arguments(
        "AWS::Events::Rule",
        "ScheduleExpression: 'cron(0 9 1 5 ? 2026)', Targets: [{ Id: t, Arn: !GetAtt F.Arn }]",
        "ScheduleExpression")]
    public async Task An_event_source_that_calls_nothing_or_never_is_a_warning_and_a_line(
        string type,
        string properties,
        string property)
    {
        var text = With("R", type, properties);
        await Assert.That(Templates.Read(text, Then).Receipt)
            .Contains(l => l.Resource == "R" && l.Property == property && l.Outcome == Outcome.Ignored);
        await Assert.That(Templates.Messages(text, Then))
            .Contains(m => m.Contains("warning: R: ", StringComparison.Ordinal));
        await Assert.That(Templates.Messages(text, Strict))
            .Contains(m => m.Contains($"error: R: {property} is ignored", StringComparison.Ordinal));
    }

    [Test]
    [Arguments("ScheduleV2", "ScheduleExpression: 'at(2026-06-01T12:00:00)'", true)]
    [Arguments("ScheduleV2", "ScheduleExpression: 'at(2026-06-01T12:00:01)'", false)]
    [Arguments(
        "ScheduleV2", "ScheduleExpression: 'at(2026-06-01T13:00:00)', ScheduleExpressionTimezone: Europe/Berlin", true)]
    [Arguments(
        "ScheduleV2",
        "ScheduleExpression: 'at(2026-06-01T09:00:00)', ScheduleExpressionTimezone: America/New_York",
        false)]
    [Arguments("ScheduleV2", "ScheduleExpression: 'at(2020-06-01T09:00:00)', State: DISABLED", false)]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 minute), EndDate: '2026-06-01T12:00:30Z'", true)]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 minute), EndDate: '2026-06-01T12:01:00Z'", false)]
    [Arguments(
        "ScheduleV2", "ScheduleExpression: rate(1 minute), EndDate: '2020-01-01T00:00:00Z', State: DISABLED", false)]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 minute), StartDate: '2035-01-01T00:00:00Z'", false)]
    [Arguments("ScheduleV2", "ScheduleExpression: 'at(2026-06-01T13:00:00)', EndDate: '2020-01-01T00:00:00Z'", false)]
    [Arguments("Schedule", "Schedule: 'cron(0 9 * * ? 2025)'", true)]
    [Arguments("Schedule", "Schedule: 'cron(0 9 * * ? 2025,2027)'", false)]
    public async Task A_time_that_has_passed_is_a_line_of_its_event(string kind, string properties, bool isOver)
    {
        var text = Templates.FunctionWith($"Events: {{ E: {{ Type: {kind}, Properties: {{ {properties} }} }} }}");
        await Assert.That(Templates.Read(text, Then).Receipt.Any(l => l.Outcome == Outcome.Ignored
            && l.Property.StartsWith("Events.E.Schedule", StringComparison.Ordinal))).IsEqualTo(isOver);
    }

    [Test]
    [Arguments("rate(1 minutes)", "a rule needs 'minute' after 1")]
    [Arguments("rate(5 minute)", "a rule needs 'minutes' after 5")]
    [Arguments("rate(1 days)", "a rule needs 'day' after 1")]
    [Arguments("at(2030-01-01T00:00:00)", "a rule has no at(…)")]
    public async Task An_expression_that_only_the_scheduler_accepts_is_an_error_in_a_rule(
        string expression,
        string message)
    {
        foreach (var text in new[]
        {
            Templates.FunctionWith(
                $"Events: {{ E: {{ Type: Schedule, Properties: {{ Schedule: '{expression}' }} }} }}"),
            With(
                "R",
                "AWS::Events::Rule",
                $"ScheduleExpression: '{expression}', Targets: [{{ Id: t, Arn: !GetAtt F.Arn }}]"),
        })
            await Assert.That(Templates.Message(text)).Contains($"error: ").And.Contains(message);
        await Assert.That(Templates.Messages(
            Templates.FunctionWith(
                $"Events: {{ E: {{ Type: ScheduleV2, Properties: {{ ScheduleExpression: '{expression}' }} }} }}"),
            Then)).IsEmpty();
    }

    [Test]
    [Arguments("Schedule", "Schedule: rate(1 day), Name: n", "Name")]
    [Arguments("Schedule", "Schedule: rate(1 day), Description: n", "Description")]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 day), Name: n", "Name")]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 day), GroupName: n", "GroupName")]
    [Arguments("ScheduleV2", "ScheduleExpression: rate(1 day), OmitName: true", "OmitName")]
    [Arguments("Api", "Path: /a, Method: GET, Stage: v1", "Stage")]
    [Arguments("HttpApi", "Path: /a, Method: GET, Stage: v1", "Stage")]
    [Arguments(
        "ScheduleV2",
        "ScheduleExpression: rate(1 day), FlexibleTimeWindow: { Mode: FLEXIBLE, MaximumWindowInMinutes: 5 }",
        "FlexibleTimeWindow")]
    public async Task A_property_of_a_schedule_without_effect_is_a_line(
        string kind,
        string properties,
        string property) =>
        await Assert.That(Templates.Read(Templates.FunctionWith(
            $"Events: {{ E: {{ Type: {kind}, Properties: {{ {properties} }} }} }}")).Receipt)
            .Contains(l => l.Property == $"Events.E.{property}" && l.Outcome == Outcome.Ignored);

    [Test]
    [Arguments("AWS::Lambda::EventSourceMapping", "FunctionName: !Ref F, EventSourceArn: a")]
    [Arguments("AWS::Lambda::Permission", "FunctionName: !Ref F, Action: a, Principal: p")]
    [Arguments("AWS::Lambda::EventInvokeConfig", "FunctionName: !Ref F, Qualifier: $LATEST, MaximumRetryAttempts: 0")]
    [Arguments("AWS::SNS::Subscription", "Endpoint: !GetAtt F.Arn, Protocol: lambda, TopicArn: t")]
    [Arguments("AWS::Logs::SubscriptionFilter", "DestinationArn: !GetAtt F.Arn, LogGroupName: l, FilterPattern: ''")]
    public async Task A_separate_resource_that_would_call_a_function_is_a_line(string type, string properties) =>
        await Assert.That(Templates.Read(With("R", type, properties)).Receipt)
            .Contains(l => l.Resource == "R" && l.Outcome == Outcome.Ignored);

    private static string With(string id, string type, string properties) =>
        Templates.FunctionWith("Timeout: 3") + $"  {id}: {{ Type: {type}, Properties: {{ {properties} }} }}\n";

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
