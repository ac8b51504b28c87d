using System.Globalization;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Tests.Schedules;

internal sealed class ScheduleExpressionTests
{
    [Test]
    [Arguments("rate(5 minutes)", "2026-01-01T00:05:00Z")]
    [Arguments("rate(1 minute)", "2026-01-01T00:01:00Z")]
    [Arguments("rate(2 hour)", "2026-01-01T02:00:00Z")]
    [Arguments(" rate( 7 days ) ", "2026-01-08T00:00:00Z")]
    public async Task A_rate_is_due_one_period_after_the_previous_run(string expression, string expected) =>
        await Assert.That(Runs(expression, "2026-01-01T00:00:00Z", 1)).IsEqualTo(expected);

    [Test]
    // The examples of EventBridge's own page, and the limits of each field. 2026-01-01 is a Thursday.
    [Arguments("cron(0 10 * * ? *)", "2026-01-01T10:00:00Z 2026-01-02T10:00:00Z")]
    [Arguments("cron(15 12 * * ? *)", "2026-01-01T12:15:00Z 2026-01-02T12:15:00Z")]
    [Arguments("cron(0 18 ? * MON-FRI *)", "2026-01-01T18:00:00Z 2026-01-02T18:00:00Z 2026-01-05T18:00:00Z")]
    [Arguments("cron(0 18 ? * 2-6 *)", "2026-01-01T18:00:00Z 2026-01-02T18:00:00Z 2026-01-05T18:00:00Z")]
    [Arguments("cron(0 8 1 * ? *)", "2026-01-01T08:00:00Z 2026-02-01T08:00:00Z")]
    [Arguments("cron(0/15 * * * ? *)", "2026-01-01T00:15:00Z 2026-01-01T00:30:00Z")]
    [Arguments(
        "cron(1/20 * * * ? *)", "2026-01-01T00:01:00Z 2026-01-01T00:21:00Z 2026-01-01T00:41:00Z 2026-01-01T01:01:00Z")]
    [Arguments("cron(0/5 8-17 ? * MON-FRI *)", "2026-01-01T08:00:00Z 2026-01-01T08:05:00Z")]
    [Arguments("cron(0 9 ? * 2#1 *)", "2026-01-05T09:00:00Z 2026-02-02T09:00:00Z")]
    [Arguments("cron(0 9 ? * 3#2 *)", "2026-01-13T09:00:00Z 2026-02-10T09:00:00Z")]
    [Arguments("cron(15 10 ? * 6L *)", "2026-01-30T10:15:00Z 2026-02-27T10:15:00Z")]
    [Arguments("cron(15 10 ? * FRIL *)", "2026-01-30T10:15:00Z")]
    [Arguments("cron(0 0 ? * L *)", "2026-01-03T00:00:00Z 2026-01-10T00:00:00Z")]
    [Arguments("cron(0 0 ? * 1 *)", "2026-01-04T00:00:00Z 2026-01-11T00:00:00Z")]
    [Arguments("cron(0 0 ? * 7 *)", "2026-01-03T00:00:00Z")]
    [Arguments("cron(0 0 ? * 1,7 *)", "2026-01-03T00:00:00Z 2026-01-04T00:00:00Z 2026-01-10T00:00:00Z")]
    [Arguments(
        "cron(0 0 ? * 2/2 *)", "2026-01-02T00:00:00Z 2026-01-05T00:00:00Z 2026-01-07T00:00:00Z 2026-01-09T00:00:00Z")]
    [Arguments("cron(0 0 ? * */3 *)", "2026-01-03T00:00:00Z 2026-01-04T00:00:00Z 2026-01-07T00:00:00Z")]
    [Arguments("cron(0 0 L * ? *)", "2026-01-31T00:00:00Z 2026-02-28T00:00:00Z")]
    [Arguments("cron(0 0 3W * ? *)", "2026-01-02T00:00:00Z 2026-02-03T00:00:00Z")]
    [Arguments("cron(0 0 LW * ? *)", "2026-01-30T00:00:00Z 2026-02-27T00:00:00Z")]
    [Arguments("cron(0 0 29 FEB ? *)", "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z")]
    [Arguments("cron(0 0 1 jan ? 2030)", "2030-01-01T00:00:00Z -")]
    [Arguments("cron(0 0 1 1 ? 2027,2029)", "2027-01-01T00:00:00Z 2029-01-01T00:00:00Z -")]
    [Arguments(
        "cron(59 23 31 12 ? 2027/50)",
        "2027-12-31T23:59:00Z 2077-12-31T23:59:00Z 2127-12-31T23:59:00Z 2177-12-31T23:59:00Z -")]
    [Arguments("cron(0 0 1 1 ? 2026-2027)", "2027-01-01T00:00:00Z -")]
    [Arguments("cron(0 0 29 2 ? 2027)", "it matches no day of the calendar")]
    [Arguments("cron(0 0 1 1 ? 2020)", "-")]
    [Arguments("cron(0 0 31 4 ? *)", "it matches no day of the calendar")]
    public async Task A_cron_runs_when_EventBridge_would_run_it(string expression, string expected) =>
        await Assert.That(Runs(expression, "2026-01-01T00:00:00Z", expected.Split(' ').Length)).IsEqualTo(expected);

    [Test]
    [Arguments("", "it must be rate(VALUE UNIT), cron(")]
    [Arguments("every 5 minutes", "it must be rate(VALUE UNIT), cron(")]
    [Arguments("rate(5 minutes", "it must be rate(VALUE UNIT), cron(")]
    [Arguments("rate(5)", "a rate is a positive whole number and a unit")]
    [Arguments("rate(0 minutes)", "a rate is a positive whole number and a unit")]
    [Arguments("rate(-1 minutes)", "a rate is a positive whole number and a unit")]
    [Arguments("rate(1.5 hours)", "a rate is a positive whole number and a unit")]
    [Arguments("rate(5 seconds)", "'seconds' is not a unit")]
    [Arguments("rate(2147483647 days)", "at most 36500 days")]
    [Arguments("cron(0 12 * * ?)", "six fields")]
    [Arguments("cron(0 12 * * * *)", "exactly one of day of month and day of week must be '?'")]
    [Arguments("cron(0 12 ? * ? *)", "exactly one of day of month and day of week must be '?'")]
    [Arguments("cron(0 12 ? * 0 *)", "'0' is not a day of the week")]
    [Arguments("cron(0 12 ? * 8 *)", "'8' is not a day of the week")]
    [Arguments("cron(60 12 * * ? *)", "inutes")]
    [Arguments("cron(H 12 * * ? *)", "'H' is not allowed in 'H' (minutes)")]
    [Arguments("cron(0 24 * * ? *)", "ours")]
    [Arguments("cron(0 12 32 * ? *)", "ays of month")]
    [Arguments("cron(0 12 * 13 ? *)", "onths")]
    [Arguments("cron(0 12 * * ? 1969)", "'1969' is not a year")]
    [Arguments("cron(0 12 * * ? 2026-2020)", "'2026-2020' is not a year")]
    [Arguments("cron(0 12 * * ? 2026/0)", "'2026/0' is not a year")]
    public async Task An_expression_that_cannot_be_used_is_an_error_that_says_what_would_be_right(
        string expression,
        string message)
    {
        await Assert.That(ScheduleExpression.TryParse(expression, out var parsed, out var error)).IsFalse();
        await Assert.That(parsed).IsNull();
        await Assert.That(error!).Contains(message);
        await Assert.That(error!).DoesNotContain("\n");
    }

    private static string Runs(string expression, string from, int count)
    {
        if (!ScheduleExpression.TryParse(expression, out var parsed, out var error))
            return error;
        List<string> runs = [];
        for (var next = parsed.Next(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture));
            runs.Count < count;
            next = parsed.Next(next.Value))
        {
            runs.Add(next?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-");
            if (next is null)
                break;
        }

        return string.Join(' ', runs);
    }
}
