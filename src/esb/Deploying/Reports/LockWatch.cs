using Esb.Cli.Terminal;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Reports;

/// <summary>Prints once who holds the lock, and remembers the wait for the summary.</summary>
internal sealed class LockWatch(Screen screen, TimeSpan timeout, TimeProvider time)
{
    // Shorter waits are normal: other deploys hold the lock for milliseconds.
    private static readonly TimeSpan NoteAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LineAfter = TimeSpan.FromMilliseconds(100);

    private LockWait? _last;
    private bool _isReported;

    public void OnWait(LockWait wait)
    {
        _last = wait;
        if (_isReported || wait.Waited < NoteAfter)
            return;
        _isReported = true;
        screen.Note(wait.Holder is { } holder
            ? $"waiting for {holder}, which has held the lock for {DurationText.Waited(Age(holder))}; "
            + $"at most {DurationText.Waited(timeout)}, see --lock-timeout"
            : $"waiting for {wait.Who}; at most {DurationText.Waited(timeout)}, see --lock-timeout");
    }

    /// <summary>The line of the summary; null when there was no wait.</summary>
    public SummaryLine? Line() => _last is { } wait && wait.Waited >= LineAfter
        ? new SummaryLine("lock", $"waited {DurationText.Waited(wait.Waited)} for {wait.Who}")
        : null;

    // The clock from which the holder took its time may have been set since.
    private TimeSpan Age(LockHolder holder)
    {
        var age = time.GetUtcNow() - holder.Since;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}
