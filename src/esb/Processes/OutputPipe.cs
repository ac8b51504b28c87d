using System.Runtime.InteropServices;

namespace Esb.Cli.Processes;

/// <summary>
/// Notices that nobody reads our output any more (<c>esb logs -f | grep -m1 ready</c>): .NET ignores SIGPIPE and a console stream
/// swallows EPIPE, so a follower would wait for the next line for ever. Source: poll(2), POLLERR on the writing end of a pipe.
/// </summary>
internal static partial class OutputPipe
{
    private const int StandardOutput = 1;
    private const short Error = 0x008;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Ends when the reader is gone; never for a file or a terminal.</summary>
    public static async Task WhenClosedAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (IsClosed())
                return;
        }
    }

    private static bool IsClosed()
    {
        var output = new PollDescriptor { Descriptor = StandardOutput };
        return Poll(ref output, 1, 0) > 0 && (output.Returned & Error) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Wanted;
        public short Returned;
    }
}
