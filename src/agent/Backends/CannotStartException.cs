namespace Esb.Agent.Backends;

/// <summary>A worker cannot be started as asked; the message says why and what would be right. The gateway is told FAILED_PRECONDITION.</summary>
internal class CannotStartException(string message) : Exception(message);

/// <summary>The engine behind a backend does not answer now. It may later: nothing has to be started again for that.</summary>
internal sealed class EngineUnavailableException(string message) : CannotStartException(message);
