namespace Esb.Agent.Backends;

/// <summary>
/// A worker cannot be started as requested; the message gives the reason and the remedy. The gateway receives
/// FAILED_PRECONDITION.
/// </summary>
internal class CannotStartException(string message) : Exception(message);

/// <summary>
/// The engine behind a backend is not answering. It may recover; the agent does not need a restart for that.
/// </summary>
internal sealed class EngineUnavailableException(string message) : CannotStartException(message);
