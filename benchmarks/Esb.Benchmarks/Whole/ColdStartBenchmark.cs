using System.Diagnostics;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Load;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// The first request of a function, compared with the start of Python alone; and that of eight functions at once.
/// </summary>
internal static class ColdStartBenchmark
{
    private const int Together = 8;

    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var code = Directory.CreateTempSubdirectory("esb-code-").FullName;
        WorkerCode.Python.Write(code);
        var (singles, groups) = (setting.Rounds(20, 5), setting.Rounds(6, 2));
        var count = singles + 1 + (groups * Together);
        using var platform = new Platform(
            setting,
            "functions:\n"
                + string.Concat(Enumerable.Range(0, count).Select(i => ConfigurationText.Function(
                    $"cold{i}", code, WorkerCode.Python.Runtime, WorkerCode.Python.Handler))),
            "routes:\n"
                + string.Concat(Enumerable.Range(0, count)
                    .Select(i => ConfigurationText.Route($"/cold{i}", $"cold{i}"))));
        var next = 0;
        First(platform, next++); // Includes everything that is done only once.
        List<double> python = [];
        List<double> single = [];
        for (var i = 0; i < singles; i++)
        {
            python.Add(Spawn.Run("/usr/bin/python3", "-c", "0"));
            single.Add(First(platform, next++));
        }

        yield return new Figure(
            "cold start of Python (floor: python3 -c 0)",
            "ms",
            Median.Of(python),
            Median.Of(single),
            Goal.RatioAtMost(2));
        List<double> pythons = [];
        List<double> many = [];
        for (var i = 0; i < groups; i++)
        {
            pythons.Add(Spawn.RunTogether(Together, "/usr/bin/python3", "-c", "0"));
            many.Add(AllAtOnce(platform, next));
            next += Together;
        }

        yield return new Figure(
            $"{Together} cold starts at once, until the last (floor: {Together} x python3 -c 0 at once)",
            "ms",
            Median.Of(pythons),
            Median.Of(many),
            Goal.RatioAtMost(2));
        yield return new Figure("  beside one cold start", "ms", Median.Of(single), Median.Of(many), Goal.None);
        Directory.Delete(code, recursive: true);
    }

    private static double AllAtOnce(Platform platform, int from)
    {
        var started = Stopwatch.GetTimestamp();
        Load.Together.Run([.. Enumerable.Range(from, Together)], i => First(platform, i));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double First(Platform platform, int number)
    {
        using var client = new RawClient(platform.Gateway.Port);
        var started = Stopwatch.GetTimestamp();
        if (client.Get($"/cold{number}") is var status and not 200)
            throw new InvalidOperationException($"function cold{number} answered {status}");
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
