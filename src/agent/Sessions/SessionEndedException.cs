namespace Esb.Agent.Sessions;

/// <summary>The gateway receives NOT_FOUND.</summary>
internal sealed class SessionEndedException : Exception;
