namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The records of a journal, in order; the state is the result of reading all of them.</summary>
internal abstract record JournalRecord(string Id)
{
    /// <summary>An event was accepted, or moved here from an older segment.</summary>
    internal sealed record Accepted(AsynchronousEvent Event) : JournalRecord(Event.Id);

    /// <summary>The function has failed; the event waits for its next attempt.</summary>
    internal sealed record Attempted(string Id, int Attempts, DateTimeOffset NotBefore) : JournalRecord(Id);

    /// <summary>The event is over, successfully or not.</summary>
    internal sealed record Done(string Id) : JournalRecord(Id);
}
