using Esb.Agent.Backends;
using Microsoft.Extensions.Logging;

namespace Esb.Agent.Containers;

/// <summary>Removes containers, and does not give up when the engine is away: what the engine still has when it comes back must go.</summary>
/// <param name="remove">Ends a container when it runs and removes it; not to know it (any more) is success.</param>
/// <param name="logger">Told of what is left.</param>
/// <param name="stopping">The end of the agent, which waits for no engine.</param>
internal sealed partial class ContainerRemoval(Func<string, Task> remove, ILogger logger, CancellationToken stopping)
{
    private const int Refusals = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Ends when it is gone, or when the agent stops and the engine does not answer.</summary>
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
                // It comes back, or the agent ends.
            }
            catch (EngineUnavailableException e)
            {
                LogNotRemoved(logger, id, e.Message);
                return;
            }

            await Task.WhenAny(Task.Delay(pause, stopping));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The container {Container} is left: {Reason}; the next start of esb-agent removes it")]
    private static partial void LogNotRemoved(ILogger logger, string container, string reason);
}
