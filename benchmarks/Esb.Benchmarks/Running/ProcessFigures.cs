using System.Globalization;
using Esb.Benchmarks.Load;
using Esb.Gateway.Admin;

namespace Esb.Benchmarks.Running;

/// <summary>
/// The metrics that a process reports at one moment: the gateway on its admin port, the bare hand-off on its only port.
/// </summary>
internal sealed record ProcessFigures(double AllocatedBytes, double CpuSeconds, double LockContentions, double Timers)
{
    public const string Path = "/metrics";

    public static ProcessFigures Of(int port)
    {
        using var client = new RawClient(port);
        if (client.Get(Path) is var status and not 200)
            throw new InvalidOperationException($"{Path} answered {status}");
        var values = client.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line =>
                !line.Contains('#', StringComparison.Ordinal) && !line.Contains('{', StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(
                line => line[0],
                line => double.Parse(line[1], CultureInfo.InvariantCulture),
                StringComparer.Ordinal);
        return new ProcessFigures(
            values[RuntimeMetrics.AllocatedBytes],
            values[RuntimeMetrics.CpuSeconds],
            values[RuntimeMetrics.LockContentions],
            values[RuntimeMetrics.Timers]);
    }
}
