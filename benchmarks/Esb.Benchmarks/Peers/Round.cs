using System.Diagnostics;
using System.Net.Sockets;
using Esb.Benchmarks.Load;
using Esb.Benchmarks.Whole;

namespace Esb.Benchmarks.Peers;

/// <summary>One run of one contender: it is started, measured and stopped.</summary>
internal sealed class Round(IContender contender, Project project, Samples samples, bool quick)
{
    /// <summary>The name of the column for two listeners with only a queue between them.</summary>
    public const string BareName = "bare hand-off";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(3);

    // Some programs start a worker for each client, which is not to be measured.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _duration = TimeSpan.FromSeconds(quick ? 1 : 3);

    /// <summary>
    /// Returns the time from the command to the first answer; everything else is added to the samples.
    /// </summary>
    public double Run()
    {
        double start;
        project.Answer("hello");
        try
        {
            var started = Stopwatch.GetTimestamp();
            var deploy = contender.Start();
            WaitFor("hello");
            start = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (deploy is { } milliseconds)
                Add(Measure.Deploy, milliseconds);
            Memory();
            ColdStarts();
            WarmRequests();
            Change();
        }
        finally
        {
            contender.Stop();
        }

        if (contender is EsbContender esb)
            StartAgain(esb);
        return start;
    }

    private static double Elapsed(Action action)
    {
        var started = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private void Memory()
    {
        Thread.Sleep(Idle);
        Add(Measure.Memory, contender.Processes.Memory());
        // The local database is a Node program; no Node function has been called yet.
        if (contender is EsbContender)
            Add(Measure.MemoryWithoutStores, contender.Processes.Memory(name => name is not "esb-stores"));
    }

    private void ColdStarts()
    {
        samples.Try(contender.Name, [Measure.ColdOne], () => [Elapsed(() => Get(Project.ColdPaths[0]))]);
        samples.Try(contender.Name, [Measure.ColdBurst], () => [AllAtOnce([.. Project.ColdPaths.Skip(1)])]);
    }

    private void WarmRequests()
    {
        foreach (var (path, program, measures) in new[]
        {
            (Project.PythonPath, "python", new[] { Measure.PythonP50, Measure.PythonP99, Measure.PythonThroughput }),
            (Project.NodePath, "node", [Measure.NodeP50, Measure.NodeP99, Measure.NodeThroughput]),
        })
        {
            Get(path);
            using var bare = contender is EsbContender esb ? HandOff.Beside(esb.Agent, program) : null;
            foreach (var (name, port) in new[] { (BareName, bare?.Port), (contender.Name, contender.Port) })
            {
                if (port is { } server)
                    Warm(name, server, path, measures);
            }
        }
    }

    private void Warm(string name, int port, string path, Measure[] measures)
    {
        samples.Try(name, measures[..2], () =>
        {
            HttpLoad.Run(port, path, 1, _duration);
            var single = HttpLoad.Run(port, path, 1, _duration);
            return [single.P50, single.P99];
        });
        samples.Try(name, measures[2..], () =>
        {
            HttpLoad.Run(port, path, 32, WarmUp);
            return [HttpLoad.Run(port, path, 32, _duration).PerSecond];
        });
    }

    private void Change() => samples.Try(contender.Name, [Measure.Change], () =>
    {
        var text = Guid.NewGuid().ToString("N");
        return [Elapsed(() =>
        {
            project.Answer(text);
            contender.MakeLive();
            WaitFor(text);
        })];
    });

    private void StartAgain(EsbContender esb)
    {
        Add(Measure.StartAgain, Elapsed(() =>
        {
            esb.Up();
            Get(Project.PythonPath);
        }));
        esb.Stop();
    }

    private void Add(Measure measure, double value) => samples.Add(contender.Name, measure, value);

    private void Get(string path)
    {
        using var client = new RawClient(contender.Port);
        if (client.Get(path) is var status and not 200)
            throw new InvalidOperationException($"{path} answered {status}");
    }

    // Until the text is served, connections are refused or answers differ.
    private void WaitFor(string text)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Patience; Thread.Sleep(1))
        {
            try
            {
                using var client = new RawClient(contender.Port);
                if (client.Get(Project.PythonPath) == 200 && client.Content == text)
                    return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // It does not listen yet.
            }
        }

        throw new TimeoutException($"{contender.Name} did not answer '{text}' within {Patience.TotalSeconds:0} s");
    }

    private double AllAtOnce(IReadOnlyList<string> paths) => Elapsed(() => Together.Run(paths, Get));
}
