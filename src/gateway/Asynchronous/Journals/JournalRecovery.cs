using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>What a journal left: the events that are not over, and the ids of those that are.</summary>
internal sealed partial class JournalRecovery(ILogger logger)
{
    private readonly Dictionary<string, PendingEvent> _pending = new(StringComparer.Ordinal);
    private readonly List<string> _done = [];

    /// <summary>In the order in which they were accepted.</summary>
    public IEnumerable<PendingEvent> Pending => _pending.Values;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Done => _done;

    public void Read(IEnumerable<JournalSegment> segments)
    {
        foreach (var segment in segments)
        {
            var end = Read(segment);
            // What the last process was writing when it was killed; nobody was told that it was accepted.
            if (end < segment.Length)
                LogUnreadable(logger, segment.Path, segment.Length - end, end);
        }
    }

    // The offset behind the last good frame.
    private long Read(JournalSegment segment)
    {
        var offset = 0L;
        Span<byte> header = stackalloc byte[JournalFormat.HeaderBytes];
        while (segment.Read(header, offset) == header.Length && JournalFormat.BodyLength(header) is { } length)
        {
            var frame = new byte[JournalFormat.HeaderBytes + length];
            if (segment.Read(frame, offset) < frame.Length || !JournalFormat.TryRead(frame, out var record))
                return offset;
            Apply(record, new JournalPlace(segment, offset, frame.Length));
            offset += frame.Length;
        }

        return offset;
    }

    private void Apply(JournalRecord record, JournalPlace place)
    {
        switch (record)
        {
            case JournalRecord.Accepted { Event: var e }:
                Forget(e.Id);
                var pending = new PendingEvent(e.Id, e.Function, e.AcceptedAt, e.Hops) { Place = place };
                pending.Durable.SetResult();
                place.Segment.Live++;
                _pending[e.Id] = pending;
                break;
            case JournalRecord.Attempted attempted when _pending.TryGetValue(attempted.Id, out var known):
                known.Attempts = attempted.Attempts;
                known.NotBefore = attempted.NotBefore;
                break;
            case JournalRecord.Done:
                Forget(record.Id);
                _done.Add(record.Id);
                break;
        }
    }

    private void Forget(string id)
    {
        if (_pending.Remove(id, out var old))
            old.Place!.Segment.Live--;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}: the last {Bytes} bytes, from {Offset}, cannot be read: what was being written when the gateway ended is gone, nothing that was accepted")]
    private static partial void LogUnreadable(ILogger logger, string file, long bytes, long offset);
}
