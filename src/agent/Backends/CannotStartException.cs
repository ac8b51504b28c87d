namespace Esb.Agent.Backends;

/// <summary>A worker cannot be started as asked; the message says why and what would be right. The gateway is told FAILED_PRECONDITION.</summary>
internal sealed class CannotStartException(string message) : Exception(message);
