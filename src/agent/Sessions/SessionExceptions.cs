namespace Esb.Agent.Sessions;

/// <summary>The gateway is told ALREADY_EXISTS.</summary>
internal sealed class WorkerExistsException : Exception;

/// <summary>The gateway is told NOT_FOUND.</summary>
internal sealed class SessionEndedException : Exception;
