namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>Records that are written in one step, and their effect on the events that they concern.</summary>
internal sealed class JournalWrite
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalWrite(bool durable, IReadOnlyList<(byte[] Frame, PendingEvent? Pending)> frames, PendingEvent? over)
    {
        Durable = durable;
        Frames = frames;
        Over = over;
    }

    /// <summary>
    /// Whether the records must be on the disk before the write completes, because a caller relies on them.
    /// </summary>
    public bool Durable { get; }

    /// <summary>Each frame with the event that begins in it, if there is one.</summary>
    public IReadOnlyList<(byte[] Frame, PendingEvent? Pending)> Frames { get; }

    /// <summary>The event that ends with this write; null when none does.</summary>
    public PendingEvent? Over { get; }

    /// <summary>Completes when the records have been written; faults when they cannot be written.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Accepts an event.</summary>
    public static JournalWrite Accept(PendingEvent pending, AsynchronousEvent e) =>
        new(true, Beginning(pending, e), null);

    /// <summary>Takes over an event that another gateway accepted, with its previous attempts.</summary>
    public static JournalWrite Adopt(PendingEvent pending, AsynchronousEvent e) => Accept(pending, e);

    /// <summary>Records a failed attempt. If a power failure loses the record, the event is tried once more.</summary>
    public static JournalWrite Attempt(PendingEvent pending) =>
        new(false, [(State(pending), null)], null);

    /// <summary>Ends an event; the events that follow from it begin in the same step.</summary>
    public static JournalWrite Finish(
        PendingEvent over,
        IEnumerable<(PendingEvent Pending, AsynchronousEvent Event)> followers)
    {
        List<(byte[], PendingEvent?)> frames = [.. followers.SelectMany(f => Beginning(f.Pending, f.Event))];
        var durable = frames.Count > 0;
        frames.Add((JournalFormat.Write(new JournalRecord.Done(over.Id)), null));
        return new JournalWrite(durable, frames, over);
    }

    /// <param name="stream">Receives the frames, each after the marker.</param>
    /// <param name="marker">The segment's marker.</param>
    public void CopyTo(Stream stream, SyncMarker marker)
    {
        foreach (var (frame, _) in Frames)
        {
            stream.Write(marker.Before(frame));
            stream.Write(frame);
        }
    }

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception reason) => _completion.TrySetException(reason);

    private static List<(byte[] Frame, PendingEvent? Pending)> Beginning(PendingEvent pending, AsynchronousEvent e) =>
        [(JournalFormat.Write(new JournalRecord.Accepted(e)), pending), (State(pending), null)];

    private static byte[] State(PendingEvent pending) => JournalFormat.Write(
        new JournalRecord.Attempted(pending.Id, pending.Attempts, pending.NotBefore, pending.Times));
}
