using System.Runtime.InteropServices;

namespace Esb.Cli.Processes;

/// <summary>Signals to a process group. Source: kill(2), signal(7).</summary>
internal static partial class Signals
{
    private const int Kill = 9;
    private const int Terminate = 15;

    /// <summary>Asks the group that this process leads to end.</summary>
    public static void TerminateGroup(ProcessIdentity leader) => ToGroup(leader, Terminate);

    /// <summary>Ends the group that this process leads.</summary>
    public static void KillGroup(ProcessIdentity leader) => ToGroup(leader, Kill);

    /// <summary>Ends one process.</summary>
    public static void KillOne(ProcessIdentity process)
    {
        if (process.IsRunning())
            _ = SendSignal(process.Pid, Kill);
    }

    // Between the check and the signal the process may end: then nobody gets it (ESRCH), which is what was wanted.
    private static void ToGroup(ProcessIdentity leader, int signal)
    {
        if (leader.IsRunning())
            _ = SendSignal(-leader.Pid, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
