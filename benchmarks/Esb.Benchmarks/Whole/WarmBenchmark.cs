using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Load;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// A warm request through gateway and worker, compared with the bare hand-off to a copy of the same worker process, and
/// with a bare reply.
/// </summary>
internal static class WarmBenchmark
{
    public static IEnumerable<Figure> Measure(Setting setting)
    {
        foreach (var worker in new[] { WorkerCode.Python, WorkerCode.Node })
        {
            var folder = Directory.CreateTempSubdirectory("esb-code-").FullName;
            worker.Write(folder);
            using var platform = new Platform(
                setting,
                "functions:\n" + ConfigurationText.Function("hello", folder, worker.Runtime, worker.Handler),
                "routes:\n" + ConfigurationText.Route("/hello", "hello"));
            using var warm = new RawClient(platform.Gateway.Port);
            if (warm.Get("/hello") is var status and not 200)
                throw new InvalidOperationException($"the {worker.Name} function answered {status}");
            using var handOff = HandOff.Beside(platform.AgentPid, worker.Program);
            foreach (var figure in Compare(setting, worker.Name, handOff.Port, platform.Gateway.Port))
                yield return figure;
            Directory.Delete(folder, recursive: true);
        }

        var port = Server.FreePort();
        using var bare = Server.Start(Setting.Self, ["bare", $"{port}"], new Dictionary<string, string>(), port, "/");
        var direct = HttpLoad.Run(port, "/", 1, TimeSpan.FromSeconds(setting.Rounds(3, 1)));
        yield return new Figure("bare Kestrel reply, 1 client, p50", "us", null, direct.P50, Goal.None);
        yield return new Figure(
            "bare Kestrel reply, 32 clients",
            "req/s",
            null,
            HttpLoad.Run(port, "/", 32, TimeSpan.FromSeconds(setting.Rounds(3, 1))).PerSecond,
            Goal.None);
    }

    private static IEnumerable<Figure> Compare(Setting setting, string name, int bare, int gateway)
    {
        List<(LoadResult Bare, LoadResult Gateway)> single = [];
        List<(LoadResult Bare, LoadResult Gateway)> many = [];
        var duration = TimeSpan.FromSeconds(setting.Rounds(2, 1));
        foreach (var port in new[] { bare, gateway })
            HttpLoad.Run(port, "/hello", 4, duration);
        for (var i = 0; i < setting.Rounds(7, 2); i++)
        {
            single.Add((HttpLoad.Run(bare, "/hello", 1, duration), HttpLoad.Run(gateway, "/hello", 1, duration)));
            many.Add((HttpLoad.Run(bare, "/hello", 32, duration), HttpLoad.Run(gateway, "/hello", 32, duration)));
        }

        yield return new Figure(
            $"warm request to {name}, 1 client, p50 (floor: bare hand-off)",
            "us",
            Median.Of(single.Select(s => s.Bare.P50)),
            Median.Of(single.Select(s => s.Gateway.P50)),
            Goal.RatioAtMost(1.3));
        yield return new Figure(
            $"  p99",
            "us",
            Median.Of(single.Select(s => s.Bare.P99)),
            Median.Of(single.Select(s => s.Gateway.P99)),
            Goal.RatioAtMost(2));
        yield return new Figure(
            $"  32 clients, one worker",
            "req/s",
            Median.Of(many.Select(s => s.Bare.PerSecond)),
            Median.Of(many.Select(s => s.Gateway.PerSecond)),
            Goal.RatioAtLeast(0.8));
    }
}
