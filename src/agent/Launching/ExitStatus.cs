using System.Globalization;

namespace Esb.Agent.Launching;

/// <summary>How a process ended: by a signal or, if there is none, with an exit code.</summary>
internal sealed record ExitStatus(int Code, int? Signal, bool CoreDumped)
{
    private const int ClassExited = 1; // CLD_EXITED
    private const int ClassDumped = 3; // CLD_DUMPED

    public static ExitStatus From(int waitCode, int waitStatus) =>
        waitCode == ClassExited
            ? new ExitStatus(waitStatus, null, false)
            : new ExitStatus(0, waitStatus, waitCode == ClassDumped);

    /// <summary>
    /// The format of Runtime.ExitError, which is that of Go's <c>os.ProcessState</c>: AWS's supervisor is written in
    /// Go.
    /// </summary>
    public override string ToString()
    {
        if (Signal is not { } signal)
            return string.Create(CultureInfo.InvariantCulture, $"exit status {Code}");
        return $"signal: {Name(signal)}{(CoreDumped ? " (core dumped)" : "")}";
    }

    private static string Name(int signal) => signal switch
    {
        1 => "hangup",
        2 => "interrupt",
        3 => "quit",
        4 => "illegal instruction",
        5 => "trace/breakpoint trap",
        6 => "aborted",
        7 => "bus error",
        8 => "floating point exception",
        9 => "killed",
        10 => "user defined signal 1",
        11 => "segmentation fault",
        12 => "user defined signal 2",
        13 => "broken pipe",
        14 => "alarm clock",
        15 => "terminated",
        24 => "CPU time limit exceeded",
        25 => "file size limit exceeded",
        31 => "bad system call",
        _ => $"signal {signal.ToString(CultureInfo.InvariantCulture)}",
    };
}
