using System.Globalization;
using Esb.Gateway.Clocks;
using Esb.Host.Clocks;

namespace Esb.Gateway.Tests.Clocks;

internal sealed class MachineTimeTests
{
    [Test]
    public async Task The_steady_clock_counts_from_the_start_of_the_machine_and_never_goes_back()
    {
        var before = Uptime();
        var steady = MachineTime.Instance.Steady();
        var after = Uptime();
        // The kernel reports hundredths of a second.
        await Assert.That(steady.TotalSeconds).IsBetween(before - 0.02, after + 0.02);
        for (var i = 0; i < 10_000; i++)
        {
            var next = MachineTime.Instance.Steady();
            await Assert.That(next).IsGreaterThanOrEqualTo(steady);
            steady = next;
        }
    }

    private static double Uptime() =>
        double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
}
