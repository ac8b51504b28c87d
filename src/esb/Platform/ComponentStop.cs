using Esb.Cli.Processes;

namespace Esb.Cli.Platform;

/// <summary>How a part ended.</summary>
internal enum StopOutcome
{
    NotRunning,
    Stopped,
    Killed,
}

/// <summary>Stops one part: sends SIGTERM, waits, then kills it and the rest of its session.</summary>
internal static class ComponentStop
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    // The gateway waits up to 25 seconds for running requests.
    private static readonly TimeSpan GatewayGrace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OtherGrace = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that a part of this kind needs to end.</summary>
    public static TimeSpan Grace(ComponentKind kind) => kind == ComponentKind.Gateway ? GatewayGrace : OtherGrace;

    /// <summary>Stops a part. After a cancellation, the part may still be running.</summary>
    public static async Task<StopOutcome> RunAsync(
        RunningComponent component, TimeSpan grace, TimeProvider time, CancellationToken cancellationToken)
    {
        var process = component.Process;
        if (!process.IsRunning())
            return StopOutcome.NotRunning;
        Signals.TerminateGroup(process);
        var since = time.GetTimestamp();
        while (process.IsRunning())
        {
            if (time.GetElapsedTime(since) > grace)
            {
                Signals.KillGroup(process);
                KillRest(process);
                return StopOutcome.Killed;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        KillRest(process);
        return StopOutcome.Stopped;
    }

    // Workers of a killed agent are in process groups of their own, but still in its session.
    private static void KillRest(ProcessIdentity leader)
    {
        foreach (var member in ProcessSession.Members(leader.Pid))
            Signals.KillOne(member);
    }
}
