using System.Diagnostics;
using Esb.Host.Logs;

namespace Esb.Cli.Processes;

/// <summary>A program to run in the background.</summary>
/// <param name="Executable">Absolute path.</param>
/// <param name="Arguments">Its arguments, passed unchanged.</param>
/// <param name="Environment">Variables to add to those of this process; null removes a variable.</param>
/// <param name="LogFile">The file to which its output and errors are appended.</param>
internal sealed record DaemonSpec(
    string Executable,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string?> Environment,
    string LogFile)
{
    /// <summary>
    /// The limits of the log; a program that knows <c>LOG_FILE</c> enforces them itself while it runs.
    /// </summary>
    public LogBounds LogBounds { get; init; } = LogBounds.Default;
}

/// <summary>A process in a session of its own, without the terminal, that outlives this one.</summary>
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

    /// <summary>The position in the log where this process began.</summary>
    public long LogStart { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <exception cref="CommandFailure">The machine has no setsid, or the process could not be started.</exception>
    public static Daemon Start(DaemonSpec spec)
    {
        var setsid = Executables.Find("setsid")
            ?? throw CommandFailure.Environment("setsid is not on the PATH", "install util-linux");
        if (new FileInfo(spec.LogFile) is { Exists: true } full && full.Length > spec.LogBounds.MaxBytes)
            LogRotation.Rotate(spec.LogFile, spec.LogBounds);
        var logStart = new FileInfo(spec.LogFile) is { Exists: true } log ? log.Length : 0;
        var start = new ProcessStartInfo(setsid) { UseShellExecute = false, WorkingDirectory = "/" };

        // setsid(1) and sh replace themselves by the program they run, so the pid stays the same. The shell is used for
        // its redirections only, and its text has no variable parts: $0 is the log, "$@" the command.
        const string Script = "exec \"$@\" >>\"$0\" 2>&1 </dev/null";
        foreach (var argument in (string[])["sh", "-c", Script, spec.LogFile, spec.Executable, .. spec.Arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in spec.Environment)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var identity = ProcessIdentity.Of(process.Id)
            ?? throw CommandFailure.Environment($"{spec.Executable} ended at once", $"see {spec.LogFile}");
        return new Daemon(process, identity, spec.LogFile, logStart);
    }

    /// <summary>Releases the handle; the process keeps running.</summary>
    public void Dispose() => _process.Dispose();
}
