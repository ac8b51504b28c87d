using System.Diagnostics;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Peers;

/// <summary>A program from npm that runs in the foreground and serves the folder of the project directly.</summary>
internal sealed class Peer(string name, string command, Func<int, string[]> arguments, Project project) : IContender
{
    /// <summary>
    /// Debian's interpreters come first for all programs: those of a version manager would slow their starts.
    /// </summary>
    public static readonly string Path = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH");

    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["PATH"] = Path,
        ["SLS_TELEMETRY_DISABLED"] = "1",
        ["SLS_NOTIFICATIONS_MODE"] = "off",
        ["NO_UPDATE_NOTIFIER"] = "1",
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "none",
        ["AWS_SECRET_ACCESS_KEY"] = "none",
    };

    private Process? _process;

    public string Name => name;

    public required string WayOfChange { get; init; }

    /// <summary>Whether it must be restarted to apply an edit.</summary>
    public required bool MustRestart { get; init; }

    public int Port { get; private set; }

    public ProcessGroup Processes { get; } = new();

    public double? Start()
    {
        Port = Server.FreePort();
        _process = Processes.Start(command, arguments(Port), project.Folder, Settings);
        return null;
    }

    public void MakeLive()
    {
        if (!MustRestart)
            return;
        Stop();
        Start();
    }

    // Stops it as Ctrl-C does; a program that ignores that is killed.
    public void Stop()
    {
        using (var kill = Process.Start("kill", ["-INT", $"{_process!.Id}"]))
            kill.WaitForExit();
        _process.WaitForExit(5_000);
        Processes.Kill();
        _process.Dispose();
        _process = null;
    }
}
