using Esb.Gateway.Agent;
using Esb.Gateway.Configuration;
using Esb.Gateway.Logs;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Esb.Gateway.Workers;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Composition;

/// <summary>Workers: the agent starts them, the Runtime API serves them, and pools decide how many there are.</summary>
internal sealed class WorkerParts : IDisposable
{
    private readonly AgentClient _agent;
    private readonly AgentWorkerControl _agentControl;

    public WorkerParts(
        GatewaySettings settings, LiveConfiguration configuration, LogStore logs, ILoggerFactory logging)
    {
        _agent = new AgentClient(settings.AgentSocket);
        _agentControl = new AgentWorkerControl(
            _agent, Session, Directory, settings, logging.CreateLogger<AgentWorkerControl>());
        AgentSession = new AgentSession(
            _agent,
            Session,
            Directory,
            configuration,
            new AgentSession.Sinks(new FunctionLog(logs), Connections, logging.CreateLogger<AgentSession>()));
        Images = new ImagePreparation(_agent, Session, logging.CreateLogger<ImagePreparation>());
        Memory = new WorkerMemory(settings.WorkersMemory);
    }

    /// <summary>The current session with the agent, if there is one.</summary>
    public CurrentSession Session { get; } = new();

    /// <summary>Keeps a session with the agent open.</summary>
    public AgentSession AgentSession { get; }

    /// <summary>The workers, by id and by address.</summary>
    public WorkerDirectory Directory { get; } = new();

    /// <summary>The connections of workers.</summary>
    public WorkerConnections Connections { get; } = new();

    /// <summary>Pulls images before a request needs them.</summary>
    public ImagePreparation Images { get; }

    /// <summary>The memory that all workers may use together.</summary>
    public WorkerMemory Memory { get; }

    /// <summary>How a pool starts and stops a worker.</summary>
    public WorkerControl Control => _agentControl.Control() with { Memory = Memory };

    public void Dispose() => _agent.Dispose();
}
