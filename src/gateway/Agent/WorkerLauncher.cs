using Esb.AgentProtocol;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Settings;
using Esb.Gateway.Workers;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Agent;

/// <summary>Carries out what pools decide: asks the agent to start and to stop workers.</summary>
internal sealed partial class WorkerLauncher(AgentClient agent, CurrentSession current, WorkerDirectory directory, GatewaySettings settings, ILogger<WorkerLauncher> logger)
{
    // The gateway's end of a call: the agent's clock does not matter, nor whether anybody sets this one.
    private static readonly TimeSpan Patience = PoolLimits.StartTimeout;

    public WorkerControl Control() => new(worker => _ = StartAsync(worker), worker => _ = StopAsync(worker)) { Obstacle = () => current.Id is null ? AgentClient.Unreachable : null };

    private async Task StartAsync(Worker worker)
    {
        var spec = worker.Pool.Spec;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            if (current.Id is not { } session)
            {
                worker.Pool.NotBegun(worker);
                return;
            }

            // Known before it is started: its exit may be reported before the answer to the call.
            directory.Add(worker);
            var started = await agent.Calls.StartWorkerAsync(Request(worker, session, await WorkerEndpoints.ResolveAsync(settings.WorkerEnvironment)), cancellationToken: patience.Token);
            worker.Description = started.Description;
            directory.Register(worker, started.Address);
            // Given up while it was started: the agent did not know it yet when it was told to stop it.
            if (worker.State == WorkerState.Stopped)
                await StopAsync(worker);
            LogStarted(logger, worker.Id, spec.Function, spec.Revision, started.Description);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.Unavailable or StatusCode.NotFound)
        {
            // The agent is gone, or it is another one that does not know the session: its end is about to be noticed.
            directory.Remove(worker);
            worker.Pool.NotBegun(worker);
        }
        catch (RpcException e)
        {
            var reason = patience.IsCancellationRequested ? $"the agent has not started it within {Patience.TotalSeconds:0} s" : AgentClient.Reason(e);
            LogNotStarted(logger, spec.Function, reason);
            directory.Remove(worker);
            worker.Pool.StartFailed(worker, reason);
            // An agent that has not answered in time may still be starting it, for nobody.
            if (patience.IsCancellationRequested)
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
            // When the agent is gone so is the worker; anything else shows in the agent's own log.
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} of {Function} {Revision} started: {Description}")]
    private static partial void LogStarted(ILogger logger, string worker, string function, string revision, string description);

    [LoggerMessage(Level = LogLevel.Error, Message = "A worker of {Function} cannot be started: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string function, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Worker {Worker} was not stopped: {Reason}")]
    private static partial void LogNotStopped(ILogger logger, string worker, string reason);
}
