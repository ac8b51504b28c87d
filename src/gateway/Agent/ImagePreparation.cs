using System.Collections.Concurrent;
using Esb.AgentProtocol;
using Esb.Gateway.Configuration;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Agent;

/// <summary>
/// Has the agent pull the images of a new configuration, so that the first event of a function does not wait for its
/// image. A failed pull is retried with pauses. The first start of a worker tries it too, and the caller sees that
/// error.
/// </summary>
internal sealed partial class ImagePreparation(
    AgentClient agent,
    CurrentSession current,
    ILogger<ImagePreparation> logger)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, byte> _asked = new(StringComparer.Ordinal);
    private volatile HashSet<string> _wanted = [];

    /// <summary>Whether there is a session with the agent.</summary>
    public bool CanAsk => current.Id is not null;

    /// <summary>Requests the images that have not been requested yet. Does not throw and does not wait.</summary>
    public void Apply(Snapshot snapshot)
    {
        var images = snapshot.Functions.Values.Select(function => function.Pool.Spec.Image);
        _wanted = [.. images.Where(image => image.Length > 0)];
        foreach (var image in _wanted)
        {
            if (_asked.TryAdd(image, 0))
                _ = PrepareAsync(image);
        }
    }

    /// <summary>Has an image pulled and waits for it.</summary>
    /// <returns>Null when a worker can start from it at once; otherwise the reason, for users.</returns>
    public async Task<string?> EnsureAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await current.WaitAsync(Timeout).WaitAsync(cancellationToken);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(Timeout);
            await agent.Calls.PrepareImageAsync(
                new PrepareImageRequest { Image = image }, cancellationToken: timeout.Token);
            return null;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && !cancellationToken.IsCancellationRequested)
        {
            return $"the agent still does not have it after {Timeout.TotalMinutes:0} minutes";
        }
        catch (RpcException e)
        {
            return AgentClient.Reason(e);
        }
        catch (TimeoutException)
        {
            return AgentClient.Unreachable;
        }
    }

    // Retries, because the platform may have been started before its container engine.
    private async Task PrepareAsync(string image)
    {
        string? logged = null;
        for (var pause = FirstPause; _wanted.Contains(image); pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            if (await EnsureAsync(image, CancellationToken.None) is not { } reason)
                return;
            if (reason != logged)
                LogNotPrepared(logger, image, logged = reason);
            await Task.Delay(pause);
        }

        _asked.TryRemove(image, out _);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The image {Image} is not ready: {Reason}; trying again")]
    private static partial void LogNotPrepared(ILogger logger, string image, string reason);
}
