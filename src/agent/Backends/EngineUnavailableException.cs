namespace Esb.Agent.Backends;

/// <summary>
/// The engine of a backend is not answering. It may recover, and the agent does not need a restart for that.
/// </summary>
internal sealed class EngineUnavailableException(string message) : CannotStartException(message);
