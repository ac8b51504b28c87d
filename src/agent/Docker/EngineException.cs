using Esb.Agent.Backends;

namespace Esb.Agent.Docker;

/// <summary>The Docker Engine answered with an error.</summary>
internal sealed class EngineException(int status, string message) : EngineRefusedException(message)
{
    /// <summary>HTTP's: 404 not there, 409 in conflict, 500 failed.</summary>
    public int Status => status;
}
