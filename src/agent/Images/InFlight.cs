using System.Collections.Concurrent;

namespace Esb.Agent.Images;

/// <summary>Work that several want at the same time is done once; whoever comes while it runs waits for it and shares its failure.</summary>
internal sealed class InFlight<T>
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
