using Esb.Host.Processes;

namespace Esb.Cli.Processes;

/// <summary>
/// Sends signals to processes that may have ended, and whose pid may have been reused. A process that ends between the
/// check and the signal does not get the signal, which is harmless.
/// </summary>
internal static class Signals
{
    /// <summary>Sends SIGTERM to the group that this process leads.</summary>
    public static void TerminateGroup(ProcessIdentity leader)
    {
        if (leader.IsRunning())
            Kill.TerminateGroup(leader.Pid);
    }

    /// <summary>Sends SIGKILL to the group that this process leads.</summary>
    public static void KillGroup(ProcessIdentity leader)
    {
        if (leader.IsRunning())
            Kill.Group(leader.Pid);
    }

    /// <summary>Sends SIGKILL to one process.</summary>
    public static void KillOne(ProcessIdentity process)
    {
        if (process.IsRunning())
            Kill.One(process.Pid);
    }
}
