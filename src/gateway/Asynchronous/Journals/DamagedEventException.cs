namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The record of an accepted event is damaged; the event cannot be run.</summary>
internal sealed class DamagedEventException(string message) : IOException(message);
