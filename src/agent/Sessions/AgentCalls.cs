using System.Collections.Concurrent;
using Esb.Agent.Backends;
using Esb.AgentProtocol;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Sessions;

/// <summary>
/// The calls of <c>agent.proto</c>. Several sessions may be open, such as that of a gateway that is ending and that of
/// its successor.
/// </summary>
internal sealed partial class AgentCalls(IWorkerBackend backend, ILogger<AgentCalls> logger, CancellationToken stopping)
    : AgentProtocol.Agent.AgentBase
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public override async Task OpenSession(
        OpenSessionRequest request,
        IServerStreamWriter<AgentEvent> responseStream,
        ServerCallContext context)
    {
        var session = new Session(Guid.NewGuid().ToString("N"), backend);
        _sessions[session.Id] = session;
        LogOpened(logger, session.Id, request.Client);
        await using var registration = stopping.Register(() => _ = session.EndAsync());
        try
        {
            await responseStream.WriteAsync(
                new AgentEvent { Opened = new SessionOpened { SessionId = session.Id, Backend = backend.Name } });
            await foreach (var agentEvent in session.Events.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(agentEvent, context.CancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException
            && context.CancellationToken.IsCancellationRequested)
        {
            // A session normally ends when its gateway closes the stream.
        }
        finally
        {
            _sessions.TryRemove(session.Id, out _);
            await session.AbandonAsync();
            LogClosed(logger, session.Id);
        }
    }

    public override async Task<StartWorkerResponse> StartWorker(StartWorkerRequest request, ServerCallContext context)
    {
        if (request.WorkerId.Length == 0 || request.MemorySize <= 0)
            throw new RpcException(
                new Status(StatusCode.InvalidArgument, "worker_id must not be empty and memory_size must be above 0"));
        var session = Find(request.SessionId);
        try
        {
            var worker = await session.StartAsync(request);
            LogStarted(logger, request.WorkerId, request.Function, worker.Address, worker.Description);
            // The caller is no longer waiting for the answer and does not know the worker.
            if (context.CancellationToken.IsCancellationRequested)
                await session.StopAsync(request.WorkerId);
            return new StartWorkerResponse { Address = worker.Address, Description = worker.Description };
        }
        catch (CannotStartException e)
        {
            LogNotStarted(logger, request.WorkerId, request.Function, e.Message);
            throw new RpcException(new Status(StatusCode.FailedPrecondition, e.Message));
        }
        catch (WorkerExistsException)
        {
            throw new RpcException(
                new Status(StatusCode.AlreadyExists, $"the session already has a worker {request.WorkerId}"));
        }
        catch (SessionEndedException)
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"session {request.SessionId} has ended"));
        }
    }

    public override async Task<PrepareImageResponse> PrepareImage(
        PrepareImageRequest request,
        ServerCallContext context)
    {
        try
        {
            await backend.PrepareAsync(request.Image);
            return new PrepareImageResponse();
        }
        catch (CannotStartException e)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, e.Message));
        }
    }

    public override async Task<StopWorkerResponse> StopWorker(StopWorkerRequest request, ServerCallContext context)
    {
        if (_sessions.TryGetValue(request.SessionId, out var session))
            await session.StopAsync(request.WorkerId);
        return new StopWorkerResponse();
    }

    /// <summary>Stops the workers of all sessions.</summary>
    public Task EndAllAsync() => Task.WhenAll(_sessions.Values.Select(session => session.EndAsync()));

    private Session Find(string id) =>
        _sessions.TryGetValue(id, out var session)
            ? session
            : throw new RpcException(new Status(StatusCode.NotFound, $"session {id} is not open"));

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {Session} of {Client} opened")]
    private static partial void LogOpened(ILogger logger, string session, string client);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {Session} closed; its workers are stopped")]
    private static partial void LogClosed(ILogger logger, string session);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Worker {Worker} of {Function} started on {Address}: {Description}")]
    private static partial void LogStarted(
        ILogger logger,
        string worker,
        string function,
        string address,
        string description);

    [LoggerMessage(Level = LogLevel.Error, Message = "Worker {Worker} of {Function} cannot be started: {Reason}")]
    private static partial void LogNotStarted(ILogger logger, string worker, string function, string reason);
}
