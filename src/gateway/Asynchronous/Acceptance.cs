namespace Esb.Gateway.Asynchronous;

/// <summary>Whether an event was accepted.</summary>
internal enum Acceptance
{
    /// <summary>The event is on the disk and will be run.</summary>
    Accepted,

    /// <summary>Too many events or bytes wait already.</summary>
    Full,

    /// <summary>The event could not be written to the disk.</summary>
    NotStored,
}
