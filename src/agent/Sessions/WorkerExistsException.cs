namespace Esb.Agent.Sessions;

/// <summary>The session already has a worker with that id. The gateway receives ALREADY_EXISTS.</summary>
internal sealed class WorkerExistsException : Exception;
