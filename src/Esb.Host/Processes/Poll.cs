using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>
/// Whether the reader of this process's output is gone. Source: poll(2), POLLERR on the write end of a pipe.
/// </summary>
public static partial class Poll
{
    private const int StandardOutput = 1;
    private const short Error = 0x008; // POLLERR

    /// <summary>Whether the reader of standard output is gone; never true for a file or a terminal.</summary>
    public static bool IsStandardOutputClosed()
    {
        var output = new Descriptor { Number = StandardOutput };
        return Call(ref output, 1, 0) > 0 && (output.Returned & Error) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Call(ref Descriptor descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Descriptor
    {
        public int Number;
        public short Wanted;
        public short Returned;
    }
}
