using Esb.AdminProtocol;

namespace Esb.Gateway.Logs;

/// <summary>The last lines, bounded in number and in bytes. Whoever adds one waits for nobody.</summary>
internal sealed class RecentLines
{
    private const int Most = 8_192; // a power of two
    private const long MostBytes = 32 * 1024 * 1024;

    private readonly LogRecord?[] _lines = new LogRecord?[Most];
    private long _added;
    private long _forgotten;
    private long _held;

    /// <summary>About how many bytes its lines have.</summary>
    public long Held => Interlocked.Read(ref _held);

    public void Add(LogRecord record)
    {
        var at = Interlocked.Increment(ref _added) - 1;
        var replaced = Interlocked.Exchange(ref _lines[at & (Most - 1)], record);
        Interlocked.Add(ref _held, LineBacklog.CostOf(record) - LineBacklog.CostOf(replaced));
        while (Held > MostBytes && TryForgetBefore(at))
        {
        }
    }

    /// <summary>Oldest first.</summary>
    public IEnumerable<LogRecord> All()
    {
        var end = Interlocked.Read(ref _added);
        for (var at = Math.Max(0, end - Most); at < end; at++)
        {
            if (Volatile.Read(ref _lines[at & (Most - 1)]) is { } record)
                yield return record;
        }
    }

    // The oldest that is still there; never one that has come after the line for which room is made.
    private bool TryForgetBefore(long end)
    {
        var forgotten = Interlocked.Read(ref _forgotten);
        var oldest = Math.Max(forgotten, end + 1 - Most);
        if (oldest >= end)
            return false;
        if (Interlocked.CompareExchange(ref _forgotten, oldest + 1, forgotten) == forgotten)
            Interlocked.Add(ref _held, -LineBacklog.CostOf(Interlocked.Exchange(ref _lines[oldest & (Most - 1)], null)));
        return true;
    }
}
