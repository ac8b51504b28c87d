using System.Threading.Channels;
using Esb.AdminProtocol;

namespace Esb.Gateway.Logs;

/// <summary>
/// Lines that somebody takes later, bounded in number and in bytes: one line may have 256 KiB, and a client may be what makes a function write
/// it. When it is full, lines are dropped; whoever writes never waits.
/// </summary>
/// <param name="lines">The most lines.</param>
/// <param name="bytes">About the most bytes.</param>
/// <param name="dropped">Called for each line that has no room.</param>
internal sealed class LineBacklog(int lines, long bytes, Action? dropped = null) : ChannelReader<LogRecord>
{
    private readonly Channel<LogRecord> _lines = Channel.CreateBounded<LogRecord>(new BoundedChannelOptions(lines));
    private long _held;

    /// <summary>What a line costs, about: a character has two bytes.</summary>
    public static long CostOf(LogRecord? record) => record is null ? 0 : 2L * record.Text.Length;

    /// <summary>Takes a line in, or drops it.</summary>
    public void Add(LogRecord record)
    {
        var cost = CostOf(record);
        // A line that is larger than all the room is taken when there is nothing else.
        if (Interlocked.Add(ref _held, cost) - cost <= Math.Max(0, bytes - cost) && _lines.Writer.TryWrite(record))
            return;
        Interlocked.Add(ref _held, -cost);
        dropped?.Invoke();
    }

    public override bool TryRead(out LogRecord item)
    {
        if (!_lines.Reader.TryRead(out item!))
            return false;
        Interlocked.Add(ref _held, -CostOf(item));
        return true;
    }

    public override bool TryPeek(out LogRecord item) => _lines.Reader.TryPeek(out item!);

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => _lines.Reader.WaitToReadAsync(cancellationToken);
}
