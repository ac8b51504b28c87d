using System.Collections.Concurrent;

namespace Esb.Agent.Images;

/// <summary>
/// Runs work once for all callers that ask for it at the same time (single flight). Callers that come while it runs
/// wait for it and share its failure.
/// </summary>
internal sealed class SingleFlight<T>
{
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> _running = new(StringComparer.Ordinal);

    public async Task<T> RunAsync(string key, Func<Task<T>> work)
    {
        var run = _running.GetOrAdd(key, _ => new Lazy<Task<T>>(work));
        try
        {
            return await run.Value;
        }
        finally
        {
            _running.TryRemove(new KeyValuePair<string, Lazy<Task<T>>>(key, run));
        }
    }
}
