using System.Collections.Concurrent;
using Esb.AgentProtocol;
using Esb.Gateway.Configuration;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Agent;

/// <summary>
/// Has the agent fetch the images of a new configuration, so that the first event of a function does not wait for its image. What fails
/// is tried again with pauses, and by the first start, whose error the caller sees.
/// </summary>
internal sealed partial class ImagePreparation(AgentClient agent, CurrentSession current, ILogger<ImagePreparation> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, byte> _asked = new(StringComparer.Ordinal);
    private volatile HashSet<string> _wanted = [];

    /// <summary>There is an agent at this moment.</summary>
    public bool CanAsk => current.Id is not null;

    /// <summary>Asks for what has not been asked for; does not throw and does not wait.</summary>
    public void Apply(Snapshot snapshot)
    {
        _wanted = [.. snapshot.Functions.Values.Select(function => function.Pool.Spec.Image).Where(image => image.Length > 0)];
        foreach (var image in _wanted)
        {
            if (_asked.TryAdd(image, 0))
                _ = PrepareAsync(image);
        }
    }

    /// <summary>Has one image fetched, and waits for it.</summary>
    /// <returns>Null when a worker can start from it at once; else why not, for people.</returns>
    public async Task<string?> EnsureAsync(string image, CancellationToken cancellationToken)
    {
        try
        {
            await current.WaitAsync(Patience).WaitAsync(cancellationToken);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            await agent.Calls.PrepareImageAsync(new PrepareImageRequest { Image = image }, cancellationToken: patience.Token);
            return null;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.Cancelled && !cancellationToken.IsCancellationRequested)
        {
            return $"the agent does not have it after {Patience.TotalMinutes:0} minutes";
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

    // The platform may have been started before what it runs on.
    private async Task PrepareAsync(string image)
    {
        string? said = null;
        for (var pause = FirstPause; _wanted.Contains(image); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await EnsureAsync(image, CancellationToken.None) is not { } reason)
                return;
            if (reason != said)
                LogNotPrepared(logger, image, said = reason);
            await Task.Delay(pause);
        }

        _asked.TryRemove(image, out _);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The image {Image} is not ready: {Reason}; trying again")]
    private static partial void LogNotPrepared(ILogger logger, string image, string reason);
}
