namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// What memory holds of an event that waits or runs: its payload stays on the disk until it is needed, so that memory does not grow
/// with what is accepted.
/// </summary>
internal sealed class PendingEvent(string id, string function, DateTimeOffset acceptedAt, int hops)
{
    public string Id { get; } = id;

    public string Function { get; } = function;

    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    public int Hops { get; } = hops;

    /// <summary>How often the function has had it and failed. Survives a restart.</summary>
    public int Attempts { get; set; }

    /// <summary>How often it could not be run for lack of room since the last attempt. Does not survive a restart.</summary>
    public int Throttles { get; set; }

    /// <summary>When it may be tried next.</summary>
    public DateTimeOffset NotBefore { get; set; } = acceptedAt;

    /// <summary>Where its record stands; the journal's writer moves it.</summary>
    public JournalPlace? Place { get; set; }

    /// <summary>Whether its record was found damaged: nobody can run it any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Done as soon as the event is on the disk.</summary>
    public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Where a frame stands, without the mark before it.</summary>
internal sealed record JournalPlace(JournalSegment Segment, long Offset, int Length);
