using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>Sends signals. Source: kill(2), signal(7).</summary>
public static partial class Kill
{
    private const int KillSignal = 9; // SIGKILL
    private const int TerminateSignal = 15; // SIGTERM

    /// <summary>Sends SIGTERM to the process group of a leader.</summary>
    public static void TerminateGroup(int leader) => _ = Send(-leader, TerminateSignal);

    /// <summary>Sends SIGKILL to the process group of a leader.</summary>
    public static void Group(int leader) => _ = Send(-leader, KillSignal);

    /// <summary>Sends SIGKILL to one process. If it has already ended (ESRCH), nothing happens.</summary>
    public static void One(int process) => _ = Send(process, KillSignal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
