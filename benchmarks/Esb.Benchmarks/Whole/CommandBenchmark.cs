using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// `esb version` as a whole process, compared with a minimal process and with well-known programs; and the sizes of the
/// binaries.
/// </summary>
internal static class CommandBenchmark
{
    public static IEnumerable<Figure> Measure(Setting setting)
    {
        (string Program, string[] Arguments)[] commands =
        [
            ("/bin/true", []),
            (setting.Binary("esb"), ["version"]),
            ("docker", ["--version"]),
            ("/usr/bin/python3", ["-c", "0"]),
            ("node", ["-e", "0"]),
        ];
        var times = commands.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < setting.Rounds(60, 15); round++)
        {
            for (var i = 0; i < commands.Length; i++)
                times[i].Add(Run(commands[i].Program, commands[i].Arguments));
        }

        var medians = times.Select(Median.Of).ToArray();
        yield return new Figure("esb version (floor: /bin/true)", "ms", medians[0], medians[1], Goal.RatioAtMost(5));
        yield return new Figure("  beside docker --version", "ms", medians[2], medians[1], Goal.RatioAtMost(0.5));
        yield return new Figure("  beside python3 -c 0", "ms", medians[3], medians[1], Goal.None);
        yield return new Figure("  beside node -e 0", "ms", medians[4], medians[1], Goal.None);
        (string Name, Goal Goal)[] binaries =
        [
            ("esb", Goal.AtMost(8)), ("esb-gateway", Goal.AtMost(20)), ("esb-agent", Goal.None),
            ("esb-provisioner", Goal.None), ("esb-stores", Goal.None),
        ];
        foreach (var (name, goal) in binaries)
        {
            if (File.Exists(setting.Binary(name)))
                yield return new Figure(
                    $"size of {name}",
                    "MB",
                    null,
                    new FileInfo(setting.Binary(name)).Length / 1e6,
                    goal);
        }
    }

    // Programs that are not installed are left out.
    private static double Run(string program, string[] arguments)
    {
        try
        {
            return Spawn.Run(program, arguments);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException && program is "docker" or "node")
        {
            return double.NaN;
        }
    }
}
