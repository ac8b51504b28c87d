using Esb.Agent.Backends;

namespace Esb.Agent.Docker;

/// <summary>The Docker Engine answered with an error.</summary>
internal sealed class EngineException(int status, string message) : EngineRefusedException(message)
{
    /// <summary>The HTTP status: 404 not found, 409 conflict, 500 failed.</summary>
    public int Status => status;
}
