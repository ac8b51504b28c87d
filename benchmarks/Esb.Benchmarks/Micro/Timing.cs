using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Micro;

/// <summary>
/// A small harness, because BenchmarkDotNet cannot run in a Native AOT program, which is what is published
/// (docs/dependencies.md). It measures the processor time of this process including collections, so that other programs
/// on the machine do not count.
/// </summary>
internal static class Timing
{
    private const double BatchMilliseconds = 40;

    /// <summary>Nanoseconds of one operation: the best of several batches, each long enough for the clock.</summary>
    public static double Nanoseconds(Action<int> repeat, int batches)
    {
        var count = 1;
        while (Measure(() => repeat(count)) < BatchMilliseconds)
            count *= 2;
        return Enumerable.Range(0, batches).Min(_ => Measure(() => repeat(count))) * 1e6 / count;
    }

    /// <summary>Milliseconds of one long operation: the median of several.</summary>
    public static double Milliseconds(Action once, int rounds) => Alternate(() => { }, once, rounds).Value;

    /// <summary>
    /// The median milliseconds of two operations whose ratio is wanted. They alternate, so that a busy machine slows
    /// both.
    /// </summary>
    public static (double Floor, double Value) Alternate(Action floor, Action value, int rounds)
    {
        List<double> floors = [];
        List<double> values = [];
        var count = Repetitions(value);
        for (var i = 0; i < rounds; i++)
        {
            floors.Add(Measure(() => Repeat(floor, count)) / count);
            values.Add(Measure(() => Repeat(value, count)) / count);
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

    // Short operations are repeated until the clock can measure them.
    private static int Repetitions(Action once)
    {
        for (var count = 1; ; count *= 4)
        {
            if (Measure(() => Repeat(once, count)) >= BatchMilliseconds)
                return count;
        }
    }

    private static void Repeat(Action once, int count)
    {
        for (var i = 0; i < count; i++)
            once();
    }

    private static double Measure(Action action)
    {
        GC.Collect();
        var started = Environment.CpuUsage.TotalTime;
        action();
        return (Environment.CpuUsage.TotalTime - started).TotalMilliseconds;
    }
}
