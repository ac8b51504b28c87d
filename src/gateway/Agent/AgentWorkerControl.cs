using Esb.AgentProtocol;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Esb.Gateway.Workers;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Agent;

/// <summary>Has the agent start and stop workers, as pools decide.</summary>
internal sealed partial class AgentWorkerControl(
    AgentClient agent,
    CurrentSession current,
    WorkerDirectory directory,
    GatewaySettings settings,
    ILogger<AgentWorkerControl> logger)
{
    // The gateway's own timeout for the call; it does not depend on any clock.
    private static readonly TimeSpan Timeout = PoolLimits.StartTimeout;

    public WorkerControl Control() => new(worker => _ = StartAsync(worker), worker => _ = StopAsync(worker))
    {
        Obstacle = () => current.Id is null ? AgentClient.Unreachable : null,
    };

    private async Task StartAsync(Worker worker)
    {
        var spec = worker.Pool.Spec;
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            if (current.Id is not { } session)
            {
                worker.Pool.StartDeferred(worker);
                return;
            }

            // Added before the start, because the worker's exit may be reported before the call returns.
            directory.Add(worker);
            var started = await agent.Calls.StartWorkerAsync(
                Request(worker, session, await WorkerEndpoints.ResolveAsync(settings.WorkerEnvironment)),
                cancellationToken: timeout.Token);
            worker.Description = started.Description;
            directory.Register(worker, started.Address);
            // The worker was given up while it started: when the agent was asked to stop it, the agent did not know it
            // yet.
            if (worker.State == WorkerState.Stopped)
                await StopAsync(worker);
            LogStarted(logger, worker.Id, spec.Function, spec.Revision, started.Description);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.NotFound)
        {
            // The agent is gone, or its replacement does not know the session. The end of the session will be noticed
            // shortly.
            directory.Remove(worker);
            worker.Pool.StartDeferred(worker);
        }
        catch (RpcException e)
        {
            var reason = timeout.IsCancellationRequested
                ? $"the agent has not started it within {Timeout.TotalSeconds:0} s"
                : AgentClient.Reason(e);
            LogNotStarted(logger, spec.Function, reason);
            directory.Remove(worker);
            worker.Pool.StartFailed(worker, reason);
            // An agent that has not answered in time may still be starting the worker, which is no longer needed.
            if (timeout.IsCancellationRequested)
                await StopAsync(worker);
        }
    }

    private async Task StopAsync(Worker worker)
    {
        directory.Unregister(worker);
        if (current.Id is not { } session)
            return;
        try
        {
            await agent.Calls.StopWorkerAsync(new StopWorkerRequest { SessionId = session, WorkerId = worker.Id });
        }
        catch (RpcException e)
        {
            // Without the agent, the worker is gone too; any other error is in the agent's log.
            var reason = AgentClient.Reason(e);
            LogNotStopped(logger, worker.Id, reason);
        }
    }

    private StartWorkerRequest Request(Worker worker, string session, IReadOnlyDictionary<string, string> endpoints)
    {
        var spec = worker.Pool.Spec;
        var request = new StartWorkerRequest
        {
            SessionId = session,
            WorkerId = worker.Id,
            Function = spec.Function,
            Revision = spec.Revision,
            Code = spec.Code,
            Image = spec.Image,
            Runtime = spec.Runtime,
            Handler = spec.Handler,
            MemorySize = spec.MemorySize,
            Timeout = (int)worker.Pool.Limits.Timeout.TotalSeconds,
            RuntimeApi = settings.RuntimeApiForWorkers,
        };
        request.Layers.AddRange(spec.Layers);
        request.EntryPoint.AddRange(spec.ImageConfig.EntryPoint);
        request.Command.AddRange(spec.ImageConfig.Command);
        request.WorkingDirectory = spec.ImageConfig.WorkingDirectory;
        request.EphemeralStorage = spec.EphemeralStorage;
        foreach (var (key, value) in endpoints)
            request.Environment[key] = value;
        foreach (var (key, value) in spec.Environment)
            request.Environment[key] = value;
        return request;
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Worker {Worker} of {Function} {Revision} started: {Description}")]
    private static partial void LogStarted(
        ILogger logger,
        string worker,
        string function,
        string revision,
        string description);

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker of {Function} cannot be started: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string function, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Worker {Worker} was not stopped: {Reason}")]
    private static partial void LogNotStopped(ILogger logger, string worker, string reason);
}
