using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Output;
using Esb.AgentProtocol;

namespace Esb.Agent.Docker;

/// <summary>A started container, until it has been removed.</summary>
internal sealed class DockerWorker(DockerEngine engine, string id, TimeProvider time)
{
    // A worker that was asked to end is killed after this time.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    // After the end of a container, the engine has this long to deliver the last lines.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    private volatile bool _ranOutOfMemory;

    /// <summary>
    /// Completes when the container has ended, or the engine with it, and its last line was delivered.
    /// </summary>
    public async Task<WorkerExit> RunAsync(Func<IReadOnlyList<LogLine>, Task> sink)
    {
        using var deadline = new CancellationTokenSource();
        var lines = FollowAsync(sink, deadline.Token);
        var exit = await ExitAsync();
        await Task.WhenAny(lines, Task.Delay(OutputGrace, time));
        await deadline.CancelAsync();
        await lines;
        return exit with
        {
            OutOfMemory = exit.OutOfMemory
                || (_ranOutOfMemory && exit.Reason.StartsWith("signal", StringComparison.Ordinal)),
        };
    }

    /// <summary>Asks the container to stop, and kills it after the grace period.</summary>
    public async Task StopAsync(Task exit)
    {
        try
        {
            await engine.SignalAsync(id, "SIGTERM");
            if (await Task.WhenAny(exit, Task.Delay(StopGrace, time)) != exit)
                await engine.SignalAsync(id, "SIGKILL");
        }
        catch (Exception e) when (e is EngineException or EngineUnavailableException)
        {
            // Removing the container ends it too.
        }
    }

    private async Task<WorkerExit> ExitAsync()
    {
        try
        {
            var status = await engine.WaitAsync(id);
            var ended = await engine.InspectAsync(id);
            return new WorkerExit(ExitReason.From(status), ended.State.OutOfMemoryKilled);
        }
        catch (Exception e) when (e is EngineException or EngineUnavailableException)
        {
            return new WorkerExit(e.Message, false);
        }
    }

    private async Task FollowAsync(Func<IReadOnlyList<LogLine>, Task> sink, CancellationToken deadline)
    {
        var frames = new LogFrames(time);
        var buffer = new byte[8 * 1024];
        try
        {
            using var response = await engine.FollowLogsAsync(id);
            await using var stream = await response.Content.ReadAsStreamAsync(deadline);
            while (await stream.ReadAsync(buffer, deadline) is var count and > 0)
            {
                var lines = frames.Feed(buffer.AsSpan(0, count));
                _ranOutOfMemory |= lines.Exists(OutOfMemoryText.IsIn);
                if (lines.Count > 0)
                    await sink(lines);
            }
        }
        catch (Exception e) when (e is EngineException or EngineUnavailableException or HttpRequestException
            or IOException or InvalidDataException or OperationCanceledException)
        {
            // Either the engine went away, which is reported as the end of the worker, or the last lines came too late.
        }

        if (frames.Flush() is { Count: > 0 } rest)
            await sink(rest);
    }
}
