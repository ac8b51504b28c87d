namespace Esb.Agent.Sessions;

/// <summary>The gateway receives ALREADY_EXISTS.</summary>
internal sealed class WorkerExistsException : Exception;

/// <summary>The gateway receives NOT_FOUND.</summary>
internal sealed class SessionEndedException : Exception;
