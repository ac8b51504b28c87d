using System.Globalization;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Load;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// The cost of one warm request in the gateway's process, from its own metrics, compared with the bare hand-off:
/// processor time, on which other programs on the machine have little influence, allocated bytes, timers, and waits for
/// locks.
/// </summary>
internal static class PathBenchmark
{
    private const int Few = 5;
    private const int Many = 50;

    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var folder = Directory.CreateTempSubdirectory("esb-code-").FullName;
        var worker = WorkerCode.Python;
        worker.Write(folder);
        using var platform = new Platform(
            setting,
            "functions:\n" + ConfigurationText.Function("hello", folder, worker.Runtime, worker.Handler),
            "routes:\n" + ConfigurationText.Route("/hello", "hello"));
        using (var warm = new RawClient(platform.Gateway.Port))
            warm.Get("/hello");
        using var handOff = HandOff.Beside(platform.AgentPid, worker.Program);
        Side bare = new(handOff.Port, handOff.Port);
        Side gateway = new(platform.Gateway.Port, platform.AdminPort);

        List<(Cost Bare, Cost Gateway)> few = [];
        List<(Cost Bare, Cost Gateway)> many = [];
        List<(Cost Bare, Cost Gateway)> crowd = [];
        var duration = TimeSpan.FromSeconds(setting.Rounds(2, 1));
        for (var i = 0; i < setting.Rounds(7, 3); i++)
        {
            few.Add((bare.Load(1, Few, duration), gateway.Load(1, Few, duration)));
            many.Add((bare.Load(1, Many, duration), gateway.Load(1, Many, duration)));
            crowd.Add((bare.Load(32, Few, duration), gateway.Load(32, Few, duration)));
        }

        yield return Row(
            "processor time of a request, 1 client (floor: bare hand-off)",
            "us",
            few,
            c => c.Microseconds,
            Goal.None);
        yield return Row("  32 clients", "us", crowd, c => c.Microseconds, Goal.None);
        yield return Row(
            $"bytes allocated for a request with {Few} headers of the client's",
            "B",
            few,
            c => c.Bytes,
            Goal.None);
        yield return Row($"  with {Many}", "B", many, c => c.Bytes, Goal.None);
        double Growth(Func<(Cost Bare, Cost Gateway), Cost> side) =>
            Median.Of(many.Select(r => side(r).Bytes)) - Median.Of(few.Select(r => side(r).Bytes));
        // Kestrel creates strings for all headers, whether or not they are read; the event must have all of them.
        var floor = Growth(r => r.Bare) + Enumerable.Range(Few, Many - Few).Sum(InEvent);
        yield return new Figure(
            $"  what {Many - Few} more add (floor: in bare hand-off, and their bytes in the event)",
            "B",
            floor,
            Growth(r => r.Gateway),
            Goal.RatioAtMost(1.1));
        yield return Row(
            "waits for a lock in 1,000 requests, 32 clients",
            "",
            crowd,
            c => c.Contentions * 1_000,
            Goal.None);
        yield return Row("timers under 32 clients, more than when idle", "", crowd, c => c.Timers, Goal.AtMost(1));
        Directory.Delete(folder, recursive: true);
    }

    private static Figure Row(
        string what,
        string unit,
        List<(Cost Bare, Cost Gateway)> rounds,
        Func<Cost, double> value,
        Goal goal) =>
        new(
            what,
            unit,
            Median.Of(rounds.Select(r => value(r.Bare))),
            Median.Of(rounds.Select(r => value(r.Gateway))),
            goal);

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"X-Unread-{number:00}");

    private static string Value(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"value of header number {number:00}");

    // In headers and in multiValueHeaders, with quotes, colon and comma; in the second one, also with brackets.
    private static int InEvent(int number) => (2 * (Name(number).Length + Value(number).Length + 6)) + 2;

    /// <summary>A server, and the port of its metrics.</summary>
    private sealed record Side(int Port, int FiguresPort)
    {
        public Cost Load(int clients, int headers, TimeSpan duration)
        {
            var text = string.Concat(Enumerable.Range(0, headers).Select(i => $"{Name(i)}: {Value(i)}\r\n"));
            HttpLoad.Run(Port, "/hello", clients, TimeSpan.FromMilliseconds(300), headers: text);
            var before = ProcessFigures.Of(FiguresPort);
            LoadResult? load = null;
            var thread = new Thread(() => load = HttpLoad.Run(Port, "/hello", clients, duration, headers: text));
            thread.Start();
            Thread.Sleep(duration / 2);
            var during = ProcessFigures.Of(FiguresPort);
            thread.Join();
            var after = ProcessFigures.Of(FiguresPort);
            var count = load!.Requests.Count;
            return new Cost(
                (after.CpuSeconds - before.CpuSeconds) * 1e6 / count,
                (after.AllocatedBytes - before.AllocatedBytes) / count,
                (after.LockContentions - before.LockContentions) / count,
                during.Timers - before.Timers);
        }
    }

    /// <summary>The cost of one request; the number of timers is that of all requests.</summary>
    private sealed record Cost(double Microseconds, double Bytes, double Contentions, double Timers);
}
