using Esb.Agent.Backends;
using Esb.Agent.Containers;
using Esb.Agent.Output;
using Esb.AgentProtocol;

namespace Esb.Agent.Docker;

/// <summary>A container that was started, until nothing of it is left.</summary>
internal sealed class DockerWorker(DockerEngine engine, string id, TimeProvider time)
{
    // After this, work that does not end when asked is ended.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    // How long after the end the engine may still have lines of it.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(2);

    private volatile bool _toldOfMemory;

    /// <summary>Ends when the container has ended, or the engine with it, and its last line was taken.</summary>
    public async Task<WorkerExit> RunAsync(Func<IReadOnlyList<LogLine>, Task> sink)
    {
        using var patience = new CancellationTokenSource();
        var lines = FollowAsync(sink, patience.Token);
        var exit = await ExitAsync();
        await Task.WhenAny(lines, Task.Delay(OutputGrace, time));
        await patience.CancelAsync();
        await lines;
        return exit with { OutOfMemory = exit.OutOfMemory || (_toldOfMemory && exit.Reason.StartsWith("signal", StringComparison.Ordinal)) };
    }

    /// <summary>Asks it to end, then makes it end.</summary>
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
            // Removing it makes it end too.
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

    private async Task FollowAsync(Func<IReadOnlyList<LogLine>, Task> sink, CancellationToken patience)
    {
        var frames = new LogFrames(time);
        var buffer = new byte[8 * 1024];
        try
        {
            using var response = await engine.FollowLogsAsync(id);
            await using var stream = await response.Content.ReadAsStreamAsync(patience);
            while (await stream.ReadAsync(buffer, patience) is var count and > 0)
            {
                var lines = frames.Feed(buffer.AsSpan(0, count));
                _toldOfMemory |= lines.Exists(LastWords.TellOfMemory);
                if (lines.Count > 0)
                    await sink(lines);
            }
        }
        catch (Exception e) when (e is EngineException or EngineUnavailableException or HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            // The engine went away, which the end of the worker tells, or was late with the last of it.
        }

        if (frames.Flush() is { Count: > 0 } rest)
            await sink(rest);
    }
}
