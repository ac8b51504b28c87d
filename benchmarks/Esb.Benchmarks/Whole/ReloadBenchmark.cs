using System.Diagnostics;
using System.Globalization;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Load;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>The time from writing a route until it is served, and the effect on other requests.</summary>
internal static class ReloadBenchmark
{
    private const int Interval = 100; // milliseconds

    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var code = Directory.CreateTempSubdirectory("esb-code-").FullName;
        WorkerCode.Python.Write(code);
        var function = ConfigurationText.Function("hello", code, WorkerCode.Python.Runtime, WorkerCode.Python.Handler);
        foreach (var count in new[] { 1, 1_000, 10_000 })
        {
            var text = count.ToString("#,0", CultureInfo.InvariantCulture);
            using var platform = new Platform(
                setting,
                ConfigurationText.Functions(count, function),
                Routing(count, ""),
                $"{Interval}ms");
            using var client = new RawClient(platform.Gateway.Port);
            if (client.Get("/hello") is var status and not 200)
                throw new InvalidOperationException($"the function answered {status}");
            var rounds = setting.Rounds(15, 4);
            var quiet = Enumerable.Range(0, rounds)
                .Select(_ => WriteToServed(platform, client, count).Milliseconds)
                .ToList();
            yield return new Figure(
                $"write to served, {text} routes, p50 (floor: the interval)",
                "ms",
                Interval,
                Median.Of(quiet),
                Goal.None);
            yield return new Figure(
                "  the longest",
                "ms",
                Interval,
                quiet.Max(),
                count == 1 ? Goal.AtMost(Interval + 5) : Goal.None);

            List<(double Milliseconds, long From, long To)> busy = [];
            List<(double Milliseconds, long From, long To)> crowded = [];
            LoadResult? load = null;
            var duration = TimeSpan.FromSeconds(setting.Rounds(20, 6));
            var thread = new Thread(() =>
                load = HttpLoad.Run(platform.Gateway.Port, "/hello", 8, duration, TimeSpan.FromMilliseconds(10)));
            var started = Stopwatch.GetTimestamp();
            thread.Start();
            Thread.Sleep(500);
            while (Stopwatch.GetElapsedTime(started) < duration - TimeSpan.FromSeconds(2))
            {
                busy.Add(WriteToServed(platform, client, count));
                Thread.Sleep(400);
                crowded.Add(Crowd(client, TimeSpan.FromMilliseconds(busy[^1].Milliseconds)));
                Thread.Sleep(400);
            }

            thread.Join();
            yield return new Figure(
                $"  under load of 8 clients, p50",
                "ms",
                Interval,
                Median.Of(busy.Select(b => b.Milliseconds)),
                Goal.None);
            // A reload begins at the first check after the write, and ends when the new route is served.
            static bool Within(TimedRequest r, List<(double Milliseconds, long From, long To)> times) =>
                times.Exists(t => r.Answered > t.From && r.Sent < t.To);
            double Slowest(Func<TimedRequest, bool> which) =>
                Median.Percentile(load!.Requests.Where(which).Select(r => r.Microseconds), 0.99);
            var (during, beside, without) = (
                Slowest(r => Within(r, busy)),
                Slowest(r => Within(r, crowded)),
                Slowest(r => !Within(r, busy) && !Within(r, crowded)));
            yield return new Figure(
                $"  p99 of requests during a reload (floor: without)",
                "us",
                without,
                during,
                Goal.RatioAtMost(1.2));
            yield return new Figure(
                $"  the same (floor: another program has a core for as long)",
                "us",
                beside,
                during,
                Goal.None);
        }

        Directory.Delete(code, recursive: true);
    }

    // The effect on requests of any program that uses one core of the machine, with a client that sends requests for
    // the same reason as below.
    private static (double Milliseconds, long From, long To) Crowd(RawClient client, TimeSpan duration)
    {
        using var busy = Process.Start(
            new ProcessStartInfo("sha256sum", "/dev/zero") { RedirectStandardOutput = true })!;
        var from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < duration)
        {
            client.Get("/health");
            Thread.Sleep(TimeSpan.FromMilliseconds(1));
        }

        busy.Kill();
        return (duration.TotalMilliseconds, from, Stopwatch.GetTimestamp());
    }

    private static string Routing(int count, string fresh) =>
        ConfigurationText.Routing(
            count,
            ConfigurationText.Route("/hello", "hello")
                + (fresh.Length > 0 ? ConfigurationText.Route(fresh, "hello") : ""));

    // The gateway itself answers a preflight of the new route; without the route, the status is not 2xx.
    private static (double Milliseconds, long From, long To) WriteToServed(
        Platform platform,
        RawClient client,
        int count)
    {
        var path = $"/live-{Guid.NewGuid():N}";
        var text = Routing(count, path);
        var question = RawClient.Request(
            "OPTIONS",
            path,
            "Origin: http://example.com\r\nAccess-Control-Request-Method: GET\r\n");
        Thread.Sleep(Random.Shared.Next(Interval)); // At any moment of an interval.
        platform.WriteRouting(text);
        var written = Stopwatch.GetTimestamp();
        while (client.Send(question) is not (200 or 204))
            Thread.Sleep(TimeSpan.FromMilliseconds(1));
        var served = Stopwatch.GetTimestamp();
        return (Stopwatch.GetElapsedTime(written, served).TotalMilliseconds, written, served);
    }
}
