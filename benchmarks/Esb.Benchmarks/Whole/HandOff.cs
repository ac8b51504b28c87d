using System.Diagnostics;
using System.Globalization;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// The bare hand-off with a copy of the platform's own worker: the same command line and environment, but another
/// Runtime API.
/// </summary>
internal sealed class HandOff : IDisposable
{
    private readonly Server _server;
    private readonly Process _worker;

    private HandOff(Server server, Process worker)
    {
        _server = server;
        _worker = worker;
    }

    public int Port => _server.Port;

    /// <param name="agent">The id of the process whose children are workers.</param>
    /// <param name="program">The beginning of the name of the worker's program: python or node.</param>
    public static HandOff Beside(int agent, string program)
    {
        var (port, runtimeApi) = (Server.FreePort(), Server.FreePort());
        var server = Server.Start(
            Setting.Self,
            ["hand-off", $"{port}", $"{runtimeApi}"],
            new Dictionary<string, string>(),
            port,
            null);
        var folder = $"/proc/{WorkerOf(agent, program)}";
        string[] command = File.ReadAllText($"{folder}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var file = new FileInfo($"{folder}/exe").ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var start = new ProcessStartInfo(file, command[1..])
        {
            WorkingDirectory = new DirectoryInfo($"{folder}/cwd").ResolveLinkTarget(returnFinalTarget: true)!.FullName,
        };
        start.Environment.Clear();
        foreach (var pair in File.ReadAllText($"{folder}/environ").Split('\0', StringSplitOptions.RemoveEmptyEntries))
            start.Environment[pair[..pair.IndexOf('=', StringComparison.Ordinal)]] =
                pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..];
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = $"127.0.0.1:{runtimeApi}";
        // The bare server answers nothing without a worker, so it has no request that shows that it is ready.
        Thread.Sleep(500);
        return new HandOff(server, Process.Start(start)!);
    }

    public void Dispose()
    {
        _worker.Kill();
        _worker.WaitForExit();
        _worker.Dispose();
        _server.Dispose();
    }

    private static int WorkerOf(int agent, string program)
    {
        var children = string.Concat(
            Directory.EnumerateDirectories($"/proc/{agent}/task").Select(t => File.ReadAllText($"{t}/children")));
        return children.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(c => int.Parse(c, CultureInfo.InvariantCulture))
            .First(c =>
                new FileInfo($"/proc/{c}/exe").ResolveLinkTarget(true)!.Name
                    .StartsWith(program, StringComparison.Ordinal));
    }
}
