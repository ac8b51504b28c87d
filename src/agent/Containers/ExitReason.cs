using Esb.Agent.Launching;

namespace Esb.Agent.Containers;

/// <summary>The end of a container, as an engine reports it: an exit status, where 128 + n means signal n.</summary>
internal static class ExitReason
{
    private const uint SignalBase = 128;
    private const uint LastSignal = 31;

    /// <summary>In the format of Runtime.ExitError.</summary>
    public static string From(uint status) => status is > SignalBase and <= SignalBase + LastSignal
        ? new ExitStatus(0, (int)(status - SignalBase), false).ToString()
        : new ExitStatus((int)status, null, false).ToString();
}
