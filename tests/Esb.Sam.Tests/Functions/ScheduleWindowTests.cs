using Esb.Schema.Schedules;

namespace Esb.Sam.Tests.Functions;

/// <summary><c>StartDate</c> and <c>EndDate</c> of EventBridge Scheduler.</summary>
internal sealed class ScheduleWindowTests
{
    private const string Window = "StartDate: 2030-01-01T00:00:00Z, EndDate: '2031-01-01T02:00:00.000+02:00'";

    [Test]
    public async Task A_schedule_is_written_with_its_start_and_end()
    {
        foreach (var text in new[]
        {
            Event($"ScheduleExpression: rate(1 hour), {Window}"), Plain($"ScheduleExpression: rate(1 hour), {Window}"),
        })
        {
            await Assert.That(Templates.Messages(text)).IsEmpty();
            await Assert.That(Templates.Bytes(text)).Contains("start_date: \"2030-01-01T00:00:00Z\"")
                .And.Contains("end_date: \"2031-01-01T00:00:00Z\"");
        }
    }

    [Test]
    [Arguments("StartDate: tomorrow", "'StartDate' is 'tomorrow', which is not a time; " + ScheduleWindow.Rule)]
    [Arguments("EndDate: '20300101'", "'EndDate' is '20300101', which is not a time")]
    [Arguments(
        "StartDate: '2031-01-01T00:00:00Z', EndDate: '2030-01-01T00:00:00Z'", "'EndDate' is not after 'StartDate'")]
    public async Task An_invalid_start_or_end_is_an_error(string properties, string message)
    {
        await Assert.That(Templates.Message(Event($"ScheduleExpression: rate(1 hour), {properties}")))
            .Contains("error: ")
            .And.Contains(message);
        await Assert.That(Templates.Message(Plain($"ScheduleExpression: rate(1 hour), {properties}")))
            .Contains("error: ")
            .And.Contains(message);
    }

    private static string Event(string properties) =>
        Templates.FunctionWith($"Events: {{ E: {{ Type: ScheduleV2, Properties: {{ {properties} }} }} }}");

    private static string Plain(string properties) =>
        Templates.FunctionWith("Timeout: 3") + $"  S: {{ Type: AWS::Scheduler::Schedule, Properties: {{ "
            + $"Target: {{ Arn: !GetAtt F.Arn, RoleArn: r }}, {properties} }} }}\n";
}
