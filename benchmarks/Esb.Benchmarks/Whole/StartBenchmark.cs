using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// The time from the start of the gateway to its first answer, and its idle memory, compared with a bare Kestrel.
/// </summary>
internal static class StartBenchmark
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public static IEnumerable<Figure> Measure(Setting setting)
    {
        List<double> bare = [];
        List<double> gateway = [];
        for (var i = 0; i < setting.Rounds(15, 5); i++)
        {
            bare.Add(Start(StartBare));
            using var platform = new Platform(setting, ConfigurationText.Functions(1), ConfigurationText.Routing(1));
            gateway.Add(platform.Gateway.StartMilliseconds);
        }

        yield return new Figure(
            "gateway start to first 200 (floor: bare Kestrel)",
            "ms",
            Median.Of(bare),
            Median.Of(gateway),
            Goal.RatioAtMost(1.5));

        using var server = StartBare();
        using (var few = new Platform(setting, ConfigurationText.Functions(1), ConfigurationText.Routing(1)))
        {
            Thread.Sleep(Idle);
            yield return new Figure(
                "gateway idle, 1 function (floor: bare Kestrel)",
                "MiB",
                server.ResidentMemory,
                few.Gateway.ResidentMemory,
                Goal.None);
            yield return new Figure("agent idle", "MiB", null, few.AgentMemory, Goal.AtMost(30));
        }

        using (
            var thousand = new Platform(setting, ConfigurationText.Functions(1_000), ConfigurationText.Routing(1_000)))
        {
            Thread.Sleep(Idle);
            yield return new Figure(
                "gateway idle, 1,000 functions and routes (floor: bare Kestrel)",
                "MiB",
                server.ResidentMemory,
                thousand.Gateway.ResidentMemory,
                Goal.AtMost(25));
        }

        using var many = new Platform(setting, ConfigurationText.Functions(10_000), ConfigurationText.Routing(10_000));
        Thread.Sleep(Idle);
        yield return new Figure(
            "gateway idle, 10,000 functions and routes (floor: bare Kestrel)",
            "MiB",
            server.ResidentMemory,
            many.Gateway.ResidentMemory,
            Goal.None);
    }

    private static double Start(Func<Server> start)
    {
        using var server = start();
        return server.StartMilliseconds;
    }

    private static Server StartBare()
    {
        var port = Server.FreePort();
        return Server.Start(Setting.Self, ["bare", $"{port}"], new Dictionary<string, string>(), port, "/");
    }
}
