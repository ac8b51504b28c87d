using Esb.Gateway.Clocks;
using Esb.Schema.Functions;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// What memory holds of an event that waits or runs. Its payload stays on the disk until it is needed, so that accepted
/// events use little memory.
/// </summary>
internal sealed class PendingEvent(string id, string function, DateTimeOffset acceptedAt, int hops)
{
    public string Id { get; } = id;

    public string Function { get; } = function;

    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    public int Hops { get; } = hops;

    /// <summary>How often the function has had the event and failed. Survives a restart.</summary>
    public int Attempts { get; set; }

    /// <summary>
    /// How often it could not be run for lack of capacity since the last attempt. Does not survive a restart.
    /// </summary>
    public int Throttles { get; set; }

    /// <summary>When it may be tried next, as stored on the disk.</summary>
    public DateTimeOffset NotBefore { get; set; } = acceptedAt;

    /// <summary>When it was accepted, on the steady clock of this process.</summary>
    public TimeSpan Accepted { get; private set; }

    /// <summary>When it may be tried next, on the steady clock of this process.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>The last known settings of its function; null when this process has never seen the function.</summary>
    public AsynchronousSettings? Settings { get; set; }

    /// <summary>The application of the function at that time; null when it had none.</summary>
    public string? Application { get; set; }

    /// <summary>Where its record is; changed by the journal's writer.</summary>
    public JournalPlace? Place { get; set; }

    /// <summary>Whether its record is damaged, so that it cannot be run.</summary>
    public bool IsLost { get; set; }

    /// <summary>Completes as soon as the event is on the disk.</summary>
    public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Converts its times of day to the steady clock now; from here on, setting the clock changes neither its age nor
    /// its next attempt. If the clock was set back since then, the event is at most new, and waits no longer than it
    /// would after its last attempt.
    /// </summary>
    /// <param name="now">This moment.</param>
    /// <param name="pause">The wait for its next attempt.</param>
    public void Count(Moment now, TimeSpan pause)
    {
        var (accepted, due) = (now.SteadyAt(AcceptedAt), now.SteadyAt(NotBefore));
        Accepted = accepted < now.Steady ? accepted : now.Steady;
        Due = due < now.Steady + pause ? due : now.Steady + pause;
    }

    /// <summary>Schedules the next attempt after a pause.</summary>
    public void Wait(Moment now, TimeSpan pause) => (NotBefore, Due) = (now.Wall + pause, now.Steady + pause);
}

/// <summary>Where a frame is, without the marker before it.</summary>
internal sealed record JournalPlace(JournalSegment Segment, long Offset, int Length);
