using Esb.Host.Processes;

namespace Esb.Cli.Processes;

/// <summary>
/// Signals to processes that may have ended, whose number another process may have by now. Between the check and the signal a process may
/// end: then nobody gets it, which is what was wanted.
/// </summary>
internal static class Signals
{
    /// <summary>Asks the group that this process leads to end.</summary>
    public static void TerminateGroup(ProcessIdentity leader)
    {
        if (leader.IsRunning())
            Kill.TerminateGroup(leader.Pid);
    }

    /// <summary>Ends the group that this process leads.</summary>
    public static void KillGroup(ProcessIdentity leader)
    {
        if (leader.IsRunning())
            Kill.Group(leader.Pid);
    }

    /// <summary>Ends one process.</summary>
    public static void KillOne(ProcessIdentity process)
    {
        if (process.IsRunning())
            Kill.One(process.Pid);
    }
}
