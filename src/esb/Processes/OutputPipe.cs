using Esb.Host.Processes;

namespace Esb.Cli.Processes;

/// <summary>
/// Notices that the reader of standard output is gone (<c>esb logs -f | grep -m1 ready</c>): .NET ignores SIGPIPE and a
/// console stream swallows EPIPE, so <c>-f</c> would wait for the next line forever.
/// </summary>
internal static class OutputPipe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Completes when the reader is gone; never for a file or a terminal.</summary>
    public static async Task WhenClosedAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (Poll.IsStandardOutputClosed())
                return;
        }
    }
}
