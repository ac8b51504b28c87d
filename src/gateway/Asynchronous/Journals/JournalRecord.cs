namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>A record of a journal. The journal's state is the result of reading all its records in order.</summary>
internal abstract record JournalRecord(string Id)
{
    /// <summary>An event was accepted, or moved here from an older segment.</summary>
    internal sealed record Accepted(AsynchronousEvent Event) : JournalRecord(Event.Id);

    /// <summary>The event waits for its first attempt, or for the next one after the function failed.</summary>
    /// <param name="Id">The event.</param>
    /// <param name="Attempts">How often the function has failed.</param>
    /// <param name="NotBefore">The time of day of the next attempt.</param>
    /// <param name="Times">The event's age and wait; null in a record of a version that did not write them.</param>
    internal sealed record Attempted(
        string Id,
        int Attempts,
        DateTimeOffset NotBefore,
        EventTimes? Times) : JournalRecord(Id);

    /// <summary>The event is over, successfully or not.</summary>
    internal sealed record Done(string Id) : JournalRecord(Id);
}
