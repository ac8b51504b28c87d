using System.Runtime.InteropServices;

namespace Esb.Host.Clocks;

/// <summary>
/// The machine's clocks. The timestamp is that of CLOCK_BOOTTIME, which nobody can set. Unlike the clock that .NET
/// uses, it continues while the machine sleeps, so that something that is valid for five minutes has expired after a
/// night. Source: clock_gettime(2).
/// </summary>
internal sealed unsafe partial class MachineTime : TimeProvider
{
    private const int BootTime = 7; // CLOCK_BOOTTIME
    private const long NanosecondsPerSecond = 1_000_000_000;

    private MachineTime()
    {
    }

    public static MachineTime Instance { get; } = new();

    public override long TimestampFrequency => NanosecondsPerSecond;

    public override long GetTimestamp()
    {
        Span<long> time = stackalloc long[2];
        fixed (long* parts = time)
        {
            // The call fails only for unknown clocks, and every kernel since 2.6.39 has this one.
            _ = GetTime(BootTime, parts);
        }

        return (time[0] * NanosecondsPerSecond) + time[1];
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    private static partial int GetTime(int clock, long* parts);
}
