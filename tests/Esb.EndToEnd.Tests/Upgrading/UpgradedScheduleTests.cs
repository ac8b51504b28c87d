using System.Globalization;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Upgrading;

internal sealed class UpgradedScheduleTests
{
    private const string Schedules =
        "    events:\n" +
        "      - schedule: { expression: \"cron(* * * * ? *)\", input: "
            + "'{\"note\":\"cron <aws.scheduler.scheduled-time>\"}' }\n" +
        "      - schedule: { expression: \"rate(1 minute)\", input: "
            + "'{\"note\":\"rate <aws.scheduler.scheduled-time>\"}' }\n";

    // Upgrades follow one another without a pause until a full minute has been reached twice, so that the moment is
    // during an upgrade or between two.
    [Test]
    [NotInParallel]
    public async Task Schedules_are_called_at_each_of_their_times_exactly_once_however_often_the_gateway_is_replaced()
    {
        await using var upgraded = await UpgradedPlatform.CreateAsync(Schedules);
        var upgrades = 0;
        for (var started = DateTime.UtcNow; Of(upgraded, "cron").Count < 2
            || Of(upgraded, "rate").Count < 1; upgrades++)
        {
            await Assert.That(DateTime.UtcNow - started).IsLessThan(TimeSpan.FromMinutes(4));
            await upgraded.UpgradeAsync();
        }

        await upgraded.UpgradeAsync();
        var (cron, rate) = (Of(upgraded, "cron"), Of(upgraded, "rate"));
        if (Environment.GetEnvironmentVariable("UPGRADE_REPORT") is { } report)
            await File.AppendAllTextAsync(
                report, $"{upgrades} upgrades; cron at {string.Join(", ", cron)}; rate at {string.Join(", ", rate)}\n");
        await Assert.That(cron).IsEquivalentTo(Enumerable.Range(0, cron.Count).Select(i => cron[0].AddMinutes(i)));
        await Assert.That(rate).IsEquivalentTo(Enumerable.Range(0, rate.Count).Select(i => rate[0].AddMinutes(i)));
    }

    private static List<DateTimeOffset> Of(UpgradedPlatform upgraded, string schedule) =>
        [
            .. upgraded.Written.Where(n => n.StartsWith(schedule, StringComparison.Ordinal))
                .Select(n => DateTimeOffset.Parse(n[5..], CultureInfo.InvariantCulture))
                .Order(),
        ];
}
