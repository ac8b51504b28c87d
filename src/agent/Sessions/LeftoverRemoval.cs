using Esb.Agent.Backends;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Sessions;

/// <summary>Removes the leftovers of an agent that died, as soon as the engine answers.</summary>
internal sealed partial class LeftoverRemoval(IWorkerBackend backend, ILogger<LeftoverRemoval> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Tries once; when the engine is not running, retries in the background.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (!await TryAsync(first: true))
            _ = RepeatAsync(stopping);
    }

    private async Task RepeatAsync(CancellationToken stopping)
    {
        for (var pause = FirstPause;
            !stopping.IsCancellationRequested;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            await Task.WhenAny(Task.Delay(pause, stopping));
            if (stopping.IsCancellationRequested || await TryAsync(first: false))
                return;
        }
    }

    private async Task<bool> TryAsync(bool first)
    {
        try
        {
            if (await backend.RemoveLeftoversAsync() is var count and > 0)
                LogLeftovers(logger, count);
            if (!first)
                LogBack(logger);
            return true;
        }
        catch (EngineUnavailableException e)
        {
            if (first)
                LogNoEngine(logger, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} workers of an earlier agent that died were removed")]
    private static partial void LogLeftovers(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "No worker can be started: {Reason}; retrying")]
    private static partial void LogNoEngine(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The engine is answering")]
    private static partial void LogBack(ILogger logger);
}
