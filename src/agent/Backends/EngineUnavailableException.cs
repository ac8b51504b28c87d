namespace Esb.Agent.Backends;

/// <summary>
/// The engine behind a backend is not answering. It may recover; the agent does not need a restart for that.
/// </summary>
internal sealed class EngineUnavailableException(string message) : CannotStartException(message);
