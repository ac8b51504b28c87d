namespace Esb.Agent.Sessions;

/// <summary>The gateway receives ALREADY_EXISTS.</summary>
internal sealed class WorkerExistsException : Exception;
