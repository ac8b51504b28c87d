namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>What the journal says, one after the other; the state is what is left when all is read.</summary>
internal abstract record JournalRecord(string Id)
{
    /// <summary>An event was taken in, or moved here from an older segment.</summary>
    internal sealed record Accepted(AsynchronousEvent Event) : JournalRecord(Event.Id);

    /// <summary>The function has failed; the event waits for its next try.</summary>
    internal sealed record Attempted(string Id, int Attempts, DateTimeOffset NotBefore) : JournalRecord(Id);

    /// <summary>The event is over, whatever came of it.</summary>
    internal sealed record Done(string Id) : JournalRecord(Id);
}
