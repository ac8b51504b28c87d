using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The state of a journal: the events that have not ended, and the ids of those that have.</summary>
internal sealed partial class JournalRecovery(ILogger logger)
{
    private readonly Dictionary<string, PendingEvent> _pending = new(StringComparer.Ordinal);
    private readonly List<string> _done = [];

    /// <summary>The events that have not ended, in the order of their acceptance.</summary>
    public IEnumerable<PendingEvent> Pending => _pending.Values;

    /// <summary>The ids of the events that have ended, oldest first.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>
    /// The part that could not be read. An incomplete record at the end is not included: it may be an interrupted write
    /// or a file that was truncated later, and the missing part leaves no trace.
    /// </summary>
    public JournalDamage Damage { get; private set; }

    public void Read(IEnumerable<JournalSegment> segments)
    {
        foreach (var segment in segments)
            Read(segment);
    }

    private void Read(JournalSegment segment)
    {
        var reader = new JournalReader(segment);
        while (true)
        {
            while (reader.TryRead(out var record, out var place))
                Apply(record, place);
            var offset = reader.Offset;
            if (offset >= segment.Length)
                return;
            var damage = reader.Skip(out var isCutShort);
            if (damage.Bytes == 0)
                return;
            if (isCutShort)
            {
                LogCutShort(logger, segment.Path, damage.Bytes, offset);
            }
            else
            {
                segment.IsDamaged = true;
                Damage += damage;
                LogDamaged(logger, segment.Path, damage.Bytes, offset, damage.Records);
            }
        }
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
                known.Times = attempted.Times ?? known.Times;
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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{File}: the last {Bytes} bytes, from {Offset}, are an incomplete record. "
            + "Either the gateway ended while writing it, before the event was confirmed, or the file was truncated "
            + "later: then an unknown number of accepted events is lost. Everything before it is processed")]
    private static partial void LogCutShort(ILogger logger, string file, long bytes, long offset);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{File} is damaged: {Bytes} bytes from {Offset} cannot be read, at least {Records} records. "
            + "Accepted events among them are lost; events whose end was there run again. Everything else is "
            + "processed; then the file is moved to the folder 'damaged' next to it")]
    private static partial void LogDamaged(ILogger logger, string file, long bytes, long offset, int records);
}
