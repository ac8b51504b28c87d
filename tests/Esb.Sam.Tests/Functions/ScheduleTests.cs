using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Functions;

/// <summary>A schedule that would never run is not deployed silently.</summary>
internal sealed class ScheduleTests
{
    public static IEnumerable<Func<string>> Wrong() =>
    [
        () => "rate(0 minutes)", () => "cron(* * * * *)", () => "hello", () => "rate(5)", () => "rate(5 seconds)",
        () => "rate(five minutes)", () => "cron(0 9 * * * *)", () => "cron(0 25 * * ? *)",
        () => "cron(0 0 31 2 ? *)", () => "at(tomorrow)", () => "every(5 minutes)", () => "5 minutes", () => "",
    ];

    [Test]
    [MethodDataSource(nameof(Wrong))]
    public async Task An_invalid_schedule_expression_is_an_error_in_every_notation(string expression)
    {
        string[] forms =
        [
            Templates.FunctionWith(
                $"Events: {{ E: {{ Type: Schedule, Properties: {{ Schedule: '{expression}' }} }} }}"),
            Templates.FunctionWith(
                $"Events: {{ E: {{ Type: ScheduleV2, Properties: {{ ScheduleExpression: '{expression}' }} }} }}"),
            Templates.FunctionWith("Timeout: 3") + $"  R: {{ Type: AWS::Scheduler::Schedule, "
                + $"Properties: {{ ScheduleExpression: '{expression}', Target: {{ Arn: !GetAtt F.Arn }} }} }}\n",
            Templates.FunctionWith("Timeout: 3") + $"  R: {{ Type: AWS::Events::Rule, Properties: "
                + $"{{ ScheduleExpression: '{expression}', Targets: [{{ Id: t, Arn: !GetAtt F.Arn }}] }} }}\n",
        ];
        foreach (var text in forms)
            await Assert.That(Templates.Message(text)).Contains(" error: ")
                .And.Contains(expression.Length == 0 && !text.Contains("Rule", StringComparison.Ordinal)
                    ? "is missing"
                    : $"'{expression}' is not a schedule");
    }

    [Test]
    [Arguments(
        "{ ScheduleExpression: 'cron(0 9 * * ? *)', ScheduleExpressionTimezone: Europe/Nowhere }",
        "'Europe/Nowhere' is not a time zone that this machine knows")]
    [Arguments("{ ScheduleExpression: rate(1 day), Input: 'not JSON' }", "'Input' is not JSON")]
    [Arguments("{ ScheduleExpression: rate(1 day), Input: \"{'a': 1}\" }", "'Input' is not JSON")]
    public async Task An_unknown_zone_and_an_input_that_is_not_json_are_errors(string properties, string message) =>
        await Assert.That(Templates.Message(Templates.FunctionWith(
            $"Events: {{ E: {{ Type: ScheduleV2, Properties: {properties} }} }}"))).Contains(message);

    [Test]
    public async Task Attributes_of_the_scheduler_may_be_in_an_input_without_quotes() =>
        await Assert.That(Templates.Messages(Templates.FunctionWith("Events: { E: { Type: ScheduleV2, Properties: { "
            + "ScheduleExpression: rate(1 day), Input: '{\"try\": <aws.scheduler.attempt-number>}' } } }"))).IsEmpty();

    [Test]
    [Arguments(
        "AWS::Events::Rule",
        "ScheduleExpression: rate(1 day), Targets: [{ Id: t, Arn: 'arn:aws:sqs:us-east-1:1:q' }]",
        "Targets")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: rate(1 day), Target: { Arn: 'arn:aws:sqs:us-east-1:1:q' }",
        "Target")]
    [Arguments(
        "AWS::Scheduler::Schedule",
        "ScheduleExpression: rate(1 day), Target: { Arn: 'arn:aws:lambda:us-east-1:1:function:other' }",
        "Target")]
    public async Task A_schedule_that_calls_no_function_of_the_template_is_a_warning_and_a_line(
        string type,
        string properties,
        string property)
    {
        var text = Templates.FunctionWith("Timeout: 3") + $"  R: {{ Type: {type}, Properties: {{ {properties} }} }}\n";
        await Assert.That(Templates.Message(text)).Contains($"warning: R: {property} is left out: ");
        await Assert.That(Templates.Read(text).Receipt)
            .Contains(l => l.Resource == "R" && l.Property == property && l.Outcome == Outcome.Ignored);
    }
}
