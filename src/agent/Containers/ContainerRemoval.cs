using Esb.Agent.Backends;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Containers;

/// <summary>
/// Removes containers and keeps trying while the engine is not answering: leftovers must be removed when it returns.
/// </summary>
/// <param name="remove">
/// Kills a running container and removes it; a container that does not exist counts as removed.
/// </param>
/// <param name="logger">Receives what could not be removed.</param>
/// <param name="stopping">Cancelled when the agent ends, because it does not wait for an engine.</param>
internal sealed partial class ContainerRemoval(Func<string, Task> remove, ILogger logger, CancellationToken stopping)
{
    private const int Refusals = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Completes when the container is gone, or when the agent stops while the engine does not answer.
    /// </summary>
    public async Task RemoveAsync(string id)
    {
        var refused = 0;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await remove(id);
                return;
            }
            catch (EngineRefusedException e)
            {
                if (++refused == Refusals)
                {
                    LogNotRemoved(logger, id, e.Message);
                    return;
                }
            }
            catch (EngineUnavailableException) when (!stopping.IsCancellationRequested)
            {
                // Retry until the engine returns or the agent stops.
            }
            catch (EngineUnavailableException e)
            {
                LogNotRemoved(logger, id, e.Message);
                return;
            }

            await Task.WhenAny(Task.Delay(pause, stopping));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The container {Container} could not be removed: {Reason}; the next start of esb-agent removes it")]
    private static partial void LogNotRemoved(ILogger logger, string container, string reason);
}
