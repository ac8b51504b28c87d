using System.Globalization;
using System.Text;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Peers;

/// <summary>
/// ESB and its peers, one after the other in each of several rounds, so that other load on the machine affects all of
/// them.
/// </summary>
internal sealed class PeersRun(string binaries, string output, string modules, bool quick)
{
    public int Run()
    {
        using var project = new Project();
        using var esb = new EsbContender(Path.Combine(Path.GetFullPath(binaries), "esb"), project);
        IContender[] contenders = [esb, .. Others(project)];
        var samples = new Samples();
        var rounds = quick ? 3 : 5;
        var started = DateTimeOffset.UtcNow;
        for (var round = 0; round < rounds; round++)
        {
            // The order changes with each round.
            for (var i = 0; i < contenders.Length; i++)
            {
                var contender = contenders[(i + round) % contenders.Length];
                Console.Error.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"round {round + 1} of {rounds}: {contender.Name}"));
                samples.Try(
                    contender.Name,
                    [Measure.Start],
                    () => [new Round(contender, project, samples, quick).Run()]);
            }
        }

        var table = new PeerTable(contenders, samples, rounds, started);
        Directory.CreateDirectory(output);
        var name = Path.Combine(
            output,
            string.Create(CultureInfo.InvariantCulture, $"peers-{started:yyyy-MM-ddTHHmmss}"));
        File.WriteAllText(name + ".json", table.Json(), new UTF8Encoding(false));
        File.WriteAllText(name + ".md", table.Markdown(), new UTF8Encoding(false));
        Console.WriteLine(table.Markdown());
        Console.Error.WriteLine($"{name}.md and .json");
        return samples.Failures.Any(f => f.Of.Contender == esb.Name || f.Of.Contender == Round.BareName) ? 1 : 0;
    }

    private Peer[] Others(Project project)
    {
        string Program(string name) => Path.Combine(Path.GetFullPath(modules), "node_modules", ".bin", name);
        string Version(string package) =>
            PackageVersion.Of(Path.Combine(Path.GetFullPath(modules), "node_modules", package));
        string[] Offline(int port) =>
        [
            "offline", "--host", "127.0.0.1", "--httpPort", $"{port}", "--lambdaPort", $"{Server.FreePort()}",
            "--noPrependStageInUrl",
        ];
        var offline = $"serverless-offline {Version("serverless-offline")}";
        return
        [
            new Peer(offline, Program("osls"), Offline, project) { WayOfChange = "start it again", MustRestart = true },
            new Peer(
                $"{offline} `--reloadHandler`",
                Program("osls"),
                port => [.. Offline(port), "--reloadHandler"],
                project)
            {
                WayOfChange = "nothing",
                MustRestart = false,
            },
            new Peer(
                $"Architect Sandbox {Version("@architect/sandbox")}",
                Program("sandbox"),
                port => ["--host", "127.0.0.1", "--port", $"{port}", "--quiet"],
                project)
            {
                WayOfChange = "nothing",
                MustRestart = false,
            },
        ];
    }
}
