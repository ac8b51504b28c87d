namespace Esb.Benchmarks.Load;

/// <summary>Runs an action for several items at the same moment, each on its own thread.</summary>
internal static class Together
{
    /// <summary>Returns when the last action has ended.</summary>
    /// <exception cref="InvalidOperationException">One of them failed.</exception>
    public static void Run<T>(IReadOnlyList<T> items, Action<T> action)
    {
        using var ready = new Barrier(items.Count);
        Exception? failure = null;
        var threads = items.Select(item => new Thread(() =>
        {
            ready.SignalAndWait();
            try
            {
                action(item);
            }
            catch (Exception e) when (
                e is IOException or InvalidOperationException or System.Net.Sockets.SocketException)
            {
                failure = e;
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (failure is not null)
            throw new InvalidOperationException($"at once: {failure.Message}");
    }
}
