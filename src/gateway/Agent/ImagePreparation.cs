using System.Collections.Concurrent;
using Esb.AgentProtocol;
using Esb.Gateway.Configuration;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Agent;

/// <summary>
/// Has the agent fetch the images of a new configuration, so that the first event of a function does not wait for its image. What fails
/// here is tried again by the first start, whose error the caller sees.
/// </summary>
internal sealed partial class ImagePreparation(AgentClient agent, CurrentSession current, ILogger<ImagePreparation> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, byte> _asked = new(StringComparer.Ordinal);

    /// <summary>Asks for what has not been asked for; does not throw and does not wait.</summary>
    public void Apply(Snapshot snapshot)
    {
        foreach (var image in snapshot.Functions.Values.Select(function => function.Pool.Spec.Image))
        {
            if (image.Length > 0 && _asked.TryAdd(image, 0))
                _ = PrepareAsync(image);
        }
    }

    private async Task PrepareAsync(string image)
    {
        try
        {
            await current.WaitAsync(Patience);
            await agent.Calls.PrepareImageAsync(new PrepareImageRequest { Image = image }, deadline: DateTime.UtcNow + Patience);
        }
        catch (Exception e) when (e is RpcException or TimeoutException)
        {
            var reason = e is RpcException failure ? AgentClient.Reason(failure) : "the agent cannot be reached";
            LogNotPrepared(logger, image, reason);
            _asked.TryRemove(image, out _);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The image {Image} is not ready: {Reason}")]
    private static partial void LogNotPrepared(ILogger logger, string image, string reason);
}
