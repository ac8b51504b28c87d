namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>Records that are written together or not at all, and what they mean for the events they are about.</summary>
internal sealed class JournalWrite
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private JournalWrite(bool durable, IReadOnlyList<(byte[] Frame, PendingEvent? Pending)> frames, PendingEvent? over)
    {
        Durable = durable;
        Frames = frames;
        Over = over;
    }

    /// <summary>Whether somebody was or will be told that it is safe: it must be on the disk first.</summary>
    public bool Durable { get; }

    /// <summary>With the event that begins in the frame, if one does.</summary>
    public IReadOnlyList<(byte[] Frame, PendingEvent? Pending)> Frames { get; }

    /// <summary>The event that ends.</summary>
    public PendingEvent? Over { get; }

    /// <summary>Done when written; faulted when it could not be.</summary>
    public Task Completion => _completion.Task;

    /// <summary>An event is taken in.</summary>
    public static JournalWrite Accept(PendingEvent pending, AsynchronousEvent e) =>
        new(true, [(JournalFormat.Write(new JournalRecord.Accepted(e)), pending)], null);

    /// <summary>An event that another gateway took in begins here, with the tries it has had.</summary>
    public static JournalWrite Adopt(PendingEvent pending, AsynchronousEvent e)
    {
        List<(byte[], PendingEvent?)> frames = [(JournalFormat.Write(new JournalRecord.Accepted(e)), pending)];
        if (pending.Attempts > 0)
            frames.Add((JournalFormat.Write(new JournalRecord.Attempted(pending.Id, pending.Attempts, pending.NotBefore)), null));
        return new JournalWrite(true, frames, null);
    }

    /// <summary>A try failed. Lost with the machine's power, it only means one try more.</summary>
    public static JournalWrite Attempt(PendingEvent pending) =>
        new(false, [(JournalFormat.Write(new JournalRecord.Attempted(pending.Id, pending.Attempts, pending.NotBefore)), null)], null);

    /// <summary>An event is over; those that follow from it begin in the same moment.</summary>
    public static JournalWrite Finish(PendingEvent over, IEnumerable<(PendingEvent Pending, AsynchronousEvent Event)> followers)
    {
        List<(byte[], PendingEvent?)> frames = [.. followers.Select(f => (JournalFormat.Write(new JournalRecord.Accepted(f.Event)), (PendingEvent?)f.Pending))];
        var durable = frames.Count > 0;
        frames.Add((JournalFormat.Write(new JournalRecord.Done(over.Id)), null));
        return new JournalWrite(durable, frames, over);
    }

    /// <param name="stream">Gets the frames, each behind the mark.</param>
    /// <param name="marker">The segment's.</param>
    public void CopyTo(Stream stream, JournalMarker marker)
    {
        foreach (var (frame, _) in Frames)
        {
            stream.Write(marker.Before(frame));
            stream.Write(frame);
        }
    }

    public void Complete() => _completion.TrySetResult();

    public void Fail(Exception reason) => _completion.TrySetException(reason);
}
