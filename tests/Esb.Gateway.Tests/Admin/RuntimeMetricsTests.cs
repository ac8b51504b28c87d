using System.Globalization;
using Esb.Gateway.Admin;

namespace Esb.Gateway.Tests.Admin;

public sealed class RuntimeMetricsTests
{
    [Test]
    public async Task The_metrics_of_the_process_are_current()
    {
        var before = Figures();
        GC.KeepAlive(new byte[10_000_000]);
        using var timer = new Timer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        var after = Figures();

        await Assert.That(after[RuntimeMetrics.AllocatedBytes] - before[RuntimeMetrics.AllocatedBytes])
            .IsGreaterThanOrEqualTo(10_000_000);
        await Assert.That(after[RuntimeMetrics.Timers]).IsGreaterThanOrEqualTo(1);
        await Assert.That(after[RuntimeMetrics.CpuSeconds]).IsGreaterThan(0)
            .And.IsGreaterThanOrEqualTo(before[RuntimeMetrics.CpuSeconds]);
        await Assert.That(after.Keys).Contains(RuntimeMetrics.LockContentions);
    }

    private static Dictionary<string, double> Figures() => RuntimeMetrics.Render()
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => line[0] != '#')
        .Select(line => line.Split(' '))
        .ToDictionary(
            line => line[0], line => double.Parse(line[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
}
