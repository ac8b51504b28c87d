using System.Globalization;
using Esb.Gateway.Schedules;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Tests.Schedules;

internal sealed class ZonedScheduleTests
{
    [Test]
    // Berlin's clock jumps from 02:00 to 03:00 on 2026-03-29 and shows 02:00 to 03:00 twice on 2026-10-25.
    [Arguments(
        "cron(30 2 * * ? *)", "Europe/Berlin", "2026-03-27T23:00:00Z", "2026-03-28T01:30:00Z 2026-03-30T00:30:00Z")]
    [Arguments(
        "cron(30 2 * * ? *)", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z")]
    [Arguments(
        "cron(0 3 29 3 ? *)", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-03-29T01:00:00Z 2027-03-29T01:00:00Z")]
    [Arguments(
        "cron(0/30 * * * ? *)",
        "Europe/Berlin",
        "2026-03-29T00:00:00Z",
        "2026-03-29T00:30:00Z 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z")]
    [Arguments(
        "cron(0 9 ? * MON-FRI *)",
        "America/New_York",
        "2026-03-06T15:00:00Z",
        "2026-03-09T13:00:00Z 2026-03-10T13:00:00Z")]
    [Arguments("cron(0 0 1 1 ? 2030)", "Asia/Tokyo", "2026-01-01T00:00:00Z", "2029-12-31T15:00:00Z -")]
    [Arguments("cron(0 0 1 1 ? *)", "Pacific/Auckland", "2026-01-01T00:00:00Z", "2026-12-31T11:00:00Z")]
    [Arguments("rate(1 day)", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")]
    [Arguments("at(2026-03-01T12:00:00)", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-03-01T11:00:00Z -")]
    [Arguments("at(2026-03-29T02:30:00)", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-03-29T01:00:00Z -")]
    [Arguments("at(2026-10-25T02:30:00)", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-10-25T00:30:00Z -")]
    [Arguments("at(2025-12-31T12:00:00)", "UTC", "2026-01-01T00:00:00Z", "-")]
    public async Task Times_of_day_are_those_that_the_clock_of_the_zone_shows(
        string expression,
        string zone,
        string from,
        string expected)
    {
        await Assert.That(ScheduleExpression.TryParse(
            expression, TimeZoneInfo.FindSystemTimeZoneById(zone), out var parsed, out _)).IsTrue();
        List<string> runs = [];
        DateTimeOffset? at = DateTimeOffset.Parse(from, CultureInfo.InvariantCulture);
        while (runs.Count < expected.Split(' ').Length && at is not null)
        {
            at = parsed!.Next(at.Value);
            runs.Add(at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-");
        }

        await Assert.That(string.Join(' ', runs)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("at(2026-03-01)")]
    [Arguments("at(2026-13-01T00:00:00)")]
    [Arguments("at(2026-03-01T12:00:00Z)")]
    [Arguments("at()")]
    public async Task An_invalid_time_is_refused_with_a_valid_example(string expression)
    {
        await Assert.That(ScheduleExpression.TryParse(expression, out _, out var error)).IsFalse();
        await Assert.That(error!).Contains("for example at(2030-01-31T12:00:00)");
    }

    [Test]
    public async Task An_event_that_cannot_be_accepted_is_offered_again_with_growing_pauses_until_it_is_too_old()
    {
        var retry = new DeliveryRetry(3, TimeSpan.FromSeconds(60));
        await Assert.That(retry.PauseAfter(1, TimeSpan.Zero)).IsEqualTo(TimeSpan.FromSeconds(1));
        await Assert.That(retry.PauseAfter(3, TimeSpan.FromSeconds(3))).IsEqualTo(TimeSpan.FromSeconds(4));
        await Assert.That(retry.PauseAfter(4, TimeSpan.FromSeconds(7))).IsNull();
        await Assert.That(retry.PauseAfter(1, TimeSpan.FromSeconds(60))).IsNull();
        await Assert.That(DeliveryRetry.Default.PauseAfter(100, TimeSpan.FromHours(1)))
            .IsEqualTo(TimeSpan.FromMinutes(1));
    }
}
