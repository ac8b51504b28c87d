using System.Threading.Channels;

namespace Esb.Gateway.Logs;

/// <summary>
/// Writes lines to a file in batches: opening and closing the file for each line costs more than the request that the
/// line reports (decision 61).
/// </summary>
internal static class LineBatches
{
    // How long a line may exist in memory only. Live followers do not read the file.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Calls <paramref name="write"/> when there are lines, after a short wait for more. When cancelled, it calls it
    /// once more for the rest.
    /// </summary>
    /// <param name="lines">The source of the lines.</param>
    /// <param name="write">Takes all available lines.</param>
    /// <param name="cancellationToken">Ends the loop.</param>
    public static async Task RunAsync<T>(ChannelReader<T> lines, Action write, CancellationToken cancellationToken)
    {
        try
        {
            while (await lines.WaitToReadAsync(cancellationToken))
            {
                await Task.Delay(Pause, cancellationToken);
                write();
            }
        }
        finally
        {
            write();
        }
    }
}
