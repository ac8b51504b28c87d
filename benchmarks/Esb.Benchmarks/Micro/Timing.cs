using System.Diagnostics;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Micro;

/// <summary>A small harness, because BenchmarkDotNet cannot run in a Native AOT program, which is what ships (docs/dependencies.md).</summary>
internal static class Timing
{
    private const double BatchMilliseconds = 40;

    /// <summary>Nanoseconds of one operation: the best of several batches, each long enough for the clock.</summary>
    public static double Nanoseconds(Action<int> repeat, int batches)
    {
        var count = 1;
        while (Measure(repeat, count) < BatchMilliseconds)
            count *= 2;
        return Enumerable.Range(0, batches).Min(_ => Measure(repeat, count)) * 1e6 / count;
    }

    /// <summary>Milliseconds of one long operation: the median of several.</summary>
    public static double Milliseconds(Action once, int rounds) => Median.Of(Enumerable.Range(0, rounds).Select(_ => MeasureOnce(once)).ToArray());

    /// <summary>
    /// Milliseconds of two operations whose ratio is wanted, taken in turns, so that a busy machine slows both: their medians.
    /// </summary>
    public static (double Floor, double Value) Alternate(Action floor, Action value, int rounds)
    {
        List<double> floors = [];
        List<double> values = [];
        floor();
        value();
        for (var i = 0; i < rounds; i++)
        {
            floors.Add(MeasureOnce(floor));
            values.Add(MeasureOnce(value));
        }

        return (Median.Of(floors), Median.Of(values));
    }

    /// <summary>Bytes that one operation allocates on this thread.</summary>
    public static double Allocated(Action<int> repeat, int count)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        repeat(count);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
    }

    private static double Measure(Action<int> repeat, int count)
    {
        var started = Stopwatch.GetTimestamp();
        repeat(count);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double MeasureOnce(Action once)
    {
        GC.Collect();
        var started = Stopwatch.GetTimestamp();
        once();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
