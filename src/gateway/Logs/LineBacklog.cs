using System.Threading.Channels;
using Esb.AdminProtocol;

namespace Esb.Gateway.Logs;

/// <summary>
/// A queue of lines, bounded in number and bytes: a line may have 256 KiB, and a client may be able to make a function
/// write such lines. When the queue is full, lines are dropped; writers never wait.
/// </summary>
/// <param name="lines">The maximum number of lines.</param>
/// <param name="bytes">The approximate maximum number of bytes.</param>
/// <param name="dropped">Called for each dropped line.</param>
internal sealed class LineBacklog(int lines, long bytes, Action? dropped = null) : ChannelReader<LogRecord>
{
    private readonly Channel<LogRecord> _lines = Channel.CreateBounded<LogRecord>(new BoundedChannelOptions(lines));
    private long _held;

    /// <summary>The approximate size of a line; each character takes two bytes.</summary>
    public static long CostOf(LogRecord? record) => record is null ? 0 : 2L * record.Text.Length;

    /// <summary>Adds a line or drops it.</summary>
    public void Add(LogRecord record)
    {
        var cost = CostOf(record);
        // A line larger than the limit is accepted when the queue is empty.
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

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _lines.Reader.WaitToReadAsync(cancellationToken);
}
