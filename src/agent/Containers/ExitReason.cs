using Esb.Agent.Launching;

namespace Esb.Agent.Containers;

/// <summary>What an engine tells of the end of a container: a status in which 128 + n stands for the signal n.</summary>
internal static class ExitReason
{
    private const uint SignalBase = 128;
    private const uint LastSignal = 31;

    /// <summary>In the words of Runtime.ExitError.</summary>
    public static string From(uint status) => status is > SignalBase and <= SignalBase + LastSignal
        ? new ExitStatus(0, (int)(status - SignalBase), false).ToString()
        : new ExitStatus((int)status, null, false).ToString();
}
