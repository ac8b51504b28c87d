using System.Threading.Channels;

namespace Esb.Gateway.Logs;

/// <summary>
/// Lines on their way to a file, many at a time: to open and close the file for each line costs more than the request that the line tells of
/// (decision 61).
/// </summary>
internal static class Gathering
{
    // So long a line may be in memory only. Whoever follows a log live does not read the file.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Calls <paramref name="write"/> when lines are there, and waits a moment for more before that; when cancelled, once more for what is left.</summary>
    /// <param name="lines">Where they come from.</param>
    /// <param name="write">Takes all lines that are there.</param>
    /// <param name="cancellationToken">Ends it.</param>
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
