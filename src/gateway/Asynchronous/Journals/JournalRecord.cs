namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The records of a journal, in order; the state is the result of reading all of them.</summary>
internal abstract record JournalRecord(string Id)
{
    /// <summary>An event was accepted, or moved here from an older segment.</summary>
    internal sealed record Accepted(AsynchronousEvent Event) : JournalRecord(Event.Id);

    /// <summary>The event waits for its next attempt, after failures of the function or for its first one.</summary>
    /// <param name="Id">The event.</param>
    /// <param name="Attempts">How often the function has failed.</param>
    /// <param name="NotBefore">The time of day of the next attempt.</param>
    /// <param name="Times">The event's age and wait; null from a version that did not write them.</param>
    internal sealed record Attempted(
        string Id,
        int Attempts,
        DateTimeOffset NotBefore,
        EventTimes? Times) : JournalRecord(Id);

    /// <summary>The event is over, successfully or not.</summary>
    internal sealed record Done(string Id) : JournalRecord(Id);
}
