using Esb.Cli.Terminal;
using Esb.Schema.Files;

namespace Esb.Cli.Deploying.Reports;

/// <summary>Tells a waiting person who holds the lock, once, and remembers it for the summary.</summary>
internal sealed class LockWatch(Screen screen)
{
    // Less is not worth a word; other deploys hold the lock for milliseconds.
    private static readonly TimeSpan WorthAWord = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WorthALine = TimeSpan.FromMilliseconds(100);

    private LockWait? _last;
    private bool _told;

    public void OnWait(LockWait wait)
    {
        _last = wait;
        if (_told || wait.Waited < WorthAWord)
            return;
        _told = true;
        screen.Note($"waiting for {Holder(wait)}");
    }

    /// <summary>The line of the summary; null when nobody had to wait.</summary>
    public SummaryLine? Line() => _last is { } wait && wait.Waited >= WorthALine
        ? new SummaryLine("lock", $"waited {Spans.Waited(wait.Waited)} for {Holder(wait)}")
        : null;

    private static string Holder(LockWait wait) => $"pid {wait.ProcessId} ({wait.Purpose})";
}
