using System.Collections.Immutable;
using System.Text.Json;
using System.Threading.Channels;
using Esb.AdminProtocol;
using Esb.Host.Logs;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Logs;

/// <summary>
/// Stores log lines: the last lines in memory and, if there is a folder, all lines in a bounded log for each function.
/// Writers never wait: when the disk is too slow, lines are not written to the files, but are counted.
/// </summary>
internal sealed partial class LogStore
{
    private const int Backlog = 50_000;
    private const long BacklogBytes = 64 * 1024 * 1024;
    private const long FollowerBytes = 8 * 1024 * 1024;

    // Each follower has its own backlog.
    private const int MaxFollowers = 64;

    private readonly Files? _files;
    private readonly ILogger<LogStore> _logger;

    private readonly RecentLines _recent = new();
    private readonly LineBacklog _toFiles;
    private ImmutableArray<LineBacklog> _followers = [];
    private long _dropped;

    public LogStore(Files? files, ILogger<LogStore> logger)
    {
        (_files, _logger) = (files, logger);
        _toFiles = new LineBacklog(Backlog, BacklogBytes, () => Interlocked.Increment(ref _dropped));
    }

    public void Add(LogRecord record)
    {
        _recent.Add(record);
        if (_files is not null)
            _toFiles.Add(record);
        foreach (var follower in _followers)
            follower.Add(record);
    }

    /// <summary>The last lines, oldest first.</summary>
    public IEnumerable<LogRecord> Recent() => _recent.All();

    /// <summary>The lines of an invocation that have arrived so far.</summary>
    public IReadOnlyList<LogRecord> Of(string requestId) => [.. Recent().Where(r => r.RequestId == requestId)];

    /// <summary>
    /// Follows all lines from now on, until disposed. A slow follower misses lines. Null when there are too many
    /// followers.
    /// </summary>
    public Follower? Follow()
    {
        var lines = new LineBacklog(Backlog, FollowerBytes);
        var isIn = ImmutableInterlocked.Update(
            ref _followers, static (all, one) => all.Length < MaxFollowers ? all.Add(one) : all, lines);
        return isIn
            ? new Follower(
                lines, () => ImmutableInterlocked.Update(ref _followers, static (all, one) => all.Remove(one), lines))
            : null;
    }

    /// <summary>
    /// Writes the files until cancelled, then the remaining lines. Without a folder the task still runs until
    /// cancelled, since its end would end the gateway.
    /// </summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        LineBatches.RunAsync(_toFiles, WriteFiles, cancellationToken);

    private void WriteFiles()
    {
        while (_toFiles.TryPeek(out _))
            WriteBatch();
    }

    // Makes one write for each function, however many lines it has.
    private void WriteBatch()
    {
        var batch = new Dictionary<string, MemoryStream>(StringComparer.Ordinal);
        for (var lines = 0; lines < 1_000 && _toFiles.TryRead(out var record); lines++)
            Append(batch, record);
        foreach (var (function, lines) in batch)
            WriteFile(function, lines);
        if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            LogDropped(_logger, dropped);
    }

    private static void Append(Dictionary<string, MemoryStream> batch, LogRecord record)
    {
        if (!batch.TryGetValue(record.Function, out var lines))
            batch[record.Function] = lines = new MemoryStream();
        JsonSerializer.Serialize(lines, record, AdminJson.Default.LogRecord);
        lines.WriteByte((byte)'\n');
    }

    // Function names are validated when the configuration is read, so they are valid file names.
    private void WriteFile(string function, MemoryStream lines)
    {
        try
        {
            Directory.CreateDirectory(_files!.Folder);
            LineFile.Append(
                Path.Combine(_files.Folder, function + ".jsonl"),
                lines.GetBuffer().AsSpan(0, (int)lines.Length),
                _files.Bounds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(_logger, function, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of {Function} cannot be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string function, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Count} lines of functions were not written to their files: the disk is too slow")]
    private static partial void LogDropped(ILogger logger, long count);

    /// <summary>The files in which lines are stored, in addition to memory.</summary>
    /// <param name="Folder">The folder, which is created when it does not exist.</param>
    /// <param name="Bounds">The limits of each function's log.</param>
    internal sealed record Files(string Folder, LogBounds Bounds);

    /// <summary>A subscription.</summary>
    internal sealed class Follower(ChannelReader<LogRecord> lines, Action end) : IDisposable
    {
        public ChannelReader<LogRecord> Lines => lines;

        public void Dispose() => end();
    }
}
