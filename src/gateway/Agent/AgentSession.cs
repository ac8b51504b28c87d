using Esb.AgentProtocol;
using Esb.Gateway.Configuration;
using Esb.Gateway.Logs;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Workers;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Agent;

/// <summary>
/// Keeps a session with the agent open as long as the gateway runs. Workers can be started only while a session is
/// open. When the session ends, all its workers are gone; in the next session, the pools start the workers that they
/// need again.
/// </summary>
internal sealed partial class AgentSession(
    AgentClient agent,
    CurrentSession current,
    WorkerDirectory directory,
    LiveConfiguration configuration,
    AgentSession.Sinks sinks)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(500);

    private readonly ILogger logger = sinks.Logger;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (true)
        {
            try
            {
                using var call = agent.Calls.OpenSession(
                    new OpenSessionRequest { Client = "gateway" }, cancellationToken: cancellationToken);
                await foreach (var agentEvent in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    pause = FirstPause;
                    Handle(agentEvent);
                }
            }
            catch (RpcException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (RpcException e)
            {
                if (pause == FirstPause)
                    LogLost(logger, AgentClient.Reason(e));
            }

            End();
            await Task.Delay(pause, cancellationToken);
            pause = pause * 2 < MaxPause ? pause * 2 : MaxPause;
        }
    }

    private void Handle(AgentEvent agentEvent)
    {
        switch (agentEvent.EventCase)
        {
            case AgentEvent.EventOneofCase.Opened:
                current.Open(agentEvent.Opened.SessionId);
                LogOpened(logger, agentEvent.Opened.Backend);
                foreach (var pool in configuration.AllPools())
                    pool.Refill();
                break;
            case AgentEvent.EventOneofCase.Exited when directory.Find(agentEvent.Exited.WorkerId) is { } worker:
                var exited = agentEvent.Exited;
                if (!exited.Requested)
                    LogExited(logger, worker.Pool.Spec.Function, worker.Id, ReasonOf(exited));
                _ = EndAsync(worker, exited);
                break;
            case AgentEvent.EventOneofCase.Logs when directory.Find(agentEvent.Logs.WorkerId) is { } worker:
                sinks.FunctionLog.Write(worker, agentEvent.Logs.Lines);
                break;
        }
    }

    // Waits for the worker's last answer, which the gateway may not have read yet. Other events of the session are
    // handled meanwhile.
    private async Task EndAsync(Worker worker, WorkerExited exited)
    {
        if (worker.Current is not null)
            await sinks.Connections.WaitForEndAsync(worker.Address, WorkerPort.LastAnswer);
        directory.Remove(worker);
        worker.Pool.Exited(worker, exited.Reason, exited.OutOfMemory);
    }

    private static string ReasonOf(WorkerExited exited) =>
        exited.OutOfMemory ? $"{exited.Reason}, out of memory" : exited.Reason;

    private void End()
    {
        if (!current.End())
            return;
        directory.Clear();
        foreach (var pool in configuration.AllPools())
            pool.AgentEnded("the agent ended");
    }

    /// <summary>Where the agent's reports are written.</summary>
    internal sealed record Sinks(FunctionLog FunctionLog, WorkerConnections Connections, ILogger<AgentSession> Logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Agent connected, backend {Backend}")]
    private static partial void LogOpened(ILogger logger, string backend);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No agent: {Reason}; trying again")]
    private static partial void LogLost(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} of {Function} ended: {Reason}")]
    private static partial void LogExited(ILogger logger, string function, string worker, string reason);
}
