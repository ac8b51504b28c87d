namespace Esb.Agent.Sessions;

/// <summary>The session has ended. The gateway receives NOT_FOUND.</summary>
internal sealed class SessionEndedException : Exception;
