using Esb.Gateway.Clocks;
using Esb.Schema.Functions;

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

    /// <summary>When it may be tried next, as the disk has it.</summary>
    public DateTimeOffset NotBefore { get; set; } = acceptedAt;

    /// <summary>When it was accepted, on this process's steady clock.</summary>
    public TimeSpan Accepted { get; private set; }

    /// <summary>When it may be tried next, on this process's steady clock.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>What its function said last; null when this process never had the function.</summary>
    public AsynchronousSettings? Settings { get; set; }

    /// <summary>Whose the function was then; null when it said none.</summary>
    public string? Application { get; set; }

    /// <summary>Where its record stands; the journal's writer moves it.</summary>
    public JournalPlace? Place { get; set; }

    /// <summary>Whether its record was found damaged: nobody can run it any more.</summary>
    public bool IsLost { get; set; }

    /// <summary>Done as soon as the event is on the disk.</summary>
    public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Reads its times of day at this moment; from here on no clock that is set changes its age or its next try. A clock that was set back
    /// before, under another process, makes it neither younger than it is new nor wait longer than any event does.
    /// </summary>
    /// <param name="now">This moment.</param>
    /// <param name="longestPause">The longest that any event waits for its next try.</param>
    public void Count(Moment now, TimeSpan longestPause)
    {
        var (accepted, due) = (now.SteadyAt(AcceptedAt), now.SteadyAt(NotBefore));
        Accepted = accepted < now.Steady ? accepted : now.Steady;
        Due = due < now.Steady + longestPause ? due : now.Steady + longestPause;
    }

    /// <summary>It is tried again after a pause.</summary>
    public void Wait(Moment now, TimeSpan pause) => (NotBefore, Due) = (now.Wall + pause, now.Steady + pause);
}

/// <summary>Where a frame stands, without the mark before it.</summary>
internal sealed record JournalPlace(JournalSegment Segment, long Offset, int Length);
