using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>Sends signals. Source: kill(2), signal(7).</summary>
public static partial class Kill
{
    private const int KillSignal = 9; // SIGKILL
    private const int TerminateSignal = 15; // SIGTERM

    /// <summary>Asks the group that a process leads to end.</summary>
    public static void TerminateGroup(int leader) => _ = Send(-leader, TerminateSignal);

    /// <summary>Ends the group that a process leads.</summary>
    public static void Group(int leader) => _ = Send(-leader, KillSignal);

    /// <summary>Ends one process. That it has ended already (ESRCH) is as good.</summary>
    public static void One(int process) => _ = Send(process, KillSignal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
