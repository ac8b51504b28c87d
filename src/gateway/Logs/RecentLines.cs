using Esb.AdminProtocol;

namespace Esb.Gateway.Logs;

/// <summary>The last lines, bounded in number and bytes. Writers never wait.</summary>
internal sealed class RecentLines
{
    private const int Capacity = 8_192; // a power of two
    private const long MaxBytes = 32 * 1024 * 1024;

    private readonly LogRecord?[] _lines = new LogRecord?[Capacity];
    private long _added;
    private long _forgotten;
    private long _held;

    /// <summary>The approximate size of the stored lines in bytes.</summary>
    public long Held => Interlocked.Read(ref _held);

    public void Add(LogRecord record)
    {
        var at = Interlocked.Increment(ref _added) - 1;
        var replaced = Interlocked.Exchange(ref _lines[at & (Capacity - 1)], record);
        Interlocked.Add(ref _held, LineBacklog.CostOf(record) - LineBacklog.CostOf(replaced));
        while (Held > MaxBytes && TryForgetBefore(at))
        {
        }
    }

    /// <summary>All stored lines, oldest first.</summary>
    public IEnumerable<LogRecord> All()
    {
        var end = Interlocked.Read(ref _added);
        for (var at = Math.Max(0, end - Capacity); at < end; at++)
        {
            if (Volatile.Read(ref _lines[at & (Capacity - 1)]) is { } record)
                yield return record;
        }
    }

    // Forgets the oldest remaining line, but never a line that was added after the one that needs the space.
    private bool TryForgetBefore(long end)
    {
        var forgotten = Interlocked.Read(ref _forgotten);
        var oldest = Math.Max(forgotten, end + 1 - Capacity);
        if (oldest >= end)
            return false;
        if (Interlocked.CompareExchange(ref _forgotten, oldest + 1, forgotten) == forgotten)
            Interlocked.Add(
                ref _held, -LineBacklog.CostOf(Interlocked.Exchange(ref _lines[oldest & (Capacity - 1)], null)));
        return true;
    }
}
