namespace Esb.Gateway.Workers;

/// <summary>What a pool can do to workers: two effects, so that all its decisions can be tested without an agent.</summary>
/// <param name="Start">Starts a worker and calls <see cref="WorkerPool.StartFailed"/> if it cannot; does not throw and does not wait.</param>
/// <param name="Stop">Stops a worker; does not throw and does not wait.</param>
internal sealed record WorkerControl(Action<Worker> Start, Action<Worker> Stop)
{
    /// <summary>
    /// Null when workers can be started; else why not, for people: nothing can come up then, events wait for as long as they may, and whoever
    /// makes it possible again calls <see cref="WorkerPool.Refill"/>.
    /// </summary>
    public Func<string?> Obstacle { get; init; } = static () => null;

    /// <summary>Shared by all pools.</summary>
    public WorkerMemory Memory { get; init; } = WorkerMemory.Unbounded;
}
