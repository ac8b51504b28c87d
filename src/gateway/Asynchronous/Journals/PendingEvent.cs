using Esb.Gateway.Clocks;
using Esb.Schema.Functions;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// The part of a waiting or running event that is kept in memory. Its payload stays on the disk until it is needed, so
/// that accepted events use little memory.
/// </summary>
internal sealed class PendingEvent(string id, string function, DateTimeOffset acceptedAt, int hops)
{
    public string Id { get; } = id;

    public string Function { get; } = function;

    public DateTimeOffset AcceptedAt { get; } = acceptedAt;

    public int Hops { get; } = hops;

    /// <summary>How many times the function has received the event and failed. Survives a restart.</summary>
    public int Attempts { get; set; }

    /// <summary>
    /// How many times it could not be run since the last attempt, for lack of capacity. Does not survive a restart.
    /// </summary>
    public int Throttles { get; set; }

    /// <summary>
    /// The time of day of its next attempt, for people and earlier versions. No decision depends on it.
    /// </summary>
    public DateTimeOffset NotBefore { get; set; } = acceptedAt;

    /// <summary>
    /// Its age and its wait. Until <see cref="Continue"/> is called, they are as on the disk; for an event that an
    /// earlier version wrote, they are unknown.
    /// </summary>
    public EventTimes Times { get; set; }

    /// <summary>When it was accepted, on the steady clock.</summary>
    public TimeSpan Accepted => Times.Accepted;

    /// <summary>When it may be tried next, on the steady clock.</summary>
    public TimeSpan Due => Times.Due;

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

    /// <summary>Continues an event of an earlier process, whatever the time of day was or is set to.</summary>
    /// <param name="boot">The id of the machine's current boot.</param>
    /// <param name="now">This moment on the steady clock.</param>
    /// <param name="maxPause">The maximum time that any event waits for its next attempt.</param>
    public void Continue(Guid boot, TimeSpan now, TimeSpan maxPause) => Times = Times.Continued(boot, now, maxPause);

    /// <summary>Schedules the next attempt after a pause.</summary>
    public void Wait(Moment now, TimeSpan pause) =>
        (NotBefore, Times) = (now.Wall + pause, Times.Waiting(now.Steady, pause));
}

/// <summary>Where a frame is, without the marker before it.</summary>
internal sealed record JournalPlace(JournalSegment Segment, long Offset, int Length);
