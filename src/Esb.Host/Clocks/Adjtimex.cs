using System.Runtime.InteropServices;

namespace Esb.Host.Clocks;

/// <summary>Whether the machine's clock is kept right by a time service. Source: adjtimex(2).</summary>
public static partial class Adjtimex
{
    private const int NotSynchronized = 5; // TIME_ERROR
    private const int Bytes = 512; // more than struct timex

    /// <summary>False also when the kernel does not say.</summary>
    public static bool IsSynchronized()
    {
        // A structure of zeros asks only.
        Span<byte> data = stackalloc byte[Bytes];
        data.Clear();
        return Call(ref MemoryMarshal.GetReference(data)) is >= 0 and not NotSynchronized;
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Call(ref byte data);
}
