using System.Diagnostics;
using Esb.Host.Logs;

namespace Esb.Cli.Processes;

/// <summary>What to run in the background.</summary>
/// <param name="Executable">Absolute path.</param>
/// <param name="Arguments">Passed as they are.</param>
/// <param name="Environment">Added to what this process has; null removes a variable.</param>
/// <param name="LogFile">Its output and errors are appended here.</param>
internal sealed record DaemonSpec(
    string Executable,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string?> Environment,
    string LogFile)
{
    /// <summary>Of the log; a daemon that knows <c>LOG_FILE</c> keeps to them itself while it runs.</summary>
    public LogBounds LogBounds { get; init; } = LogBounds.Default;

    /// <summary>Not null: a program that does not stay up by itself. It makes this file when it serves, and is started again whenever it ends after that.</summary>
    public string? ServesFile { get; init; }
}

/// <summary>A process that was put into a session of its own, away from the terminal, and that outlives this one.</summary>
internal sealed class Daemon : IDisposable
{
    private readonly Process _process;

    private Daemon(Process process, ProcessIdentity identity, string logFile, long logStart)
    {
        _process = process;
        Identity = identity;
        LogFile = logFile;
        LogStart = logStart;
    }

    public ProcessIdentity Identity { get; }

    public string LogFile { get; }

    /// <summary>Where in the log this process began.</summary>
    public long LogStart { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <exception cref="CommandFailure">The machine has no setsid, or the process could not be started.</exception>
    public static Daemon Start(DaemonSpec spec)
    {
        var setsid = Executables.Find("setsid") ?? throw CommandFailure.Environment("setsid is not on the PATH", "install util-linux");
        if (new FileInfo(spec.LogFile) is { Exists: true } full && full.Length > spec.LogBounds.MaxBytes)
            LogRotation.Rotate(spec.LogFile, spec.LogBounds);
        var logStart = new FileInfo(spec.LogFile) is { Exists: true } log ? log.Length : 0;
        var start = new ProcessStartInfo(setsid) { UseShellExecute = false, WorkingDirectory = "/" };

        // setsid(1) and sh replace themselves by what they run, so the pid stays the same to the end. The shell is there for its
        // redirections only; nothing is pasted into its text: $0 is the log, "$@" the command.
        var script = spec.ServesFile is null ? "exec \"$@\" >>\"$0\" 2>&1 </dev/null" : RestartedProgram.Script;
        foreach (var argument in (string[])["sh", "-c", script, spec.LogFile, spec.Executable, .. spec.Arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        if (spec.ServesFile is { } marker)
            start.Environment[RestartedProgram.ServesFile] = marker;
        var process = Process.Start(start)!;
        var identity = ProcessIdentity.Of(process.Id)
            ?? throw CommandFailure.Environment($"{spec.Executable} ended at once", $"see {spec.LogFile}");
        return new Daemon(process, identity, spec.LogFile, logStart);
    }

    /// <summary>Lets go of it; it runs on.</summary>
    public void Dispose() => _process.Dispose();
}
