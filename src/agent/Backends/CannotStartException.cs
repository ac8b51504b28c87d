namespace Esb.Agent.Backends;

/// <summary>
/// A worker cannot be started as requested; the message gives the reason and the remedy. The gateway receives
/// FAILED_PRECONDITION.
/// </summary>
internal class CannotStartException(string message) : Exception(message);
