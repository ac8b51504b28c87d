namespace Esb.Gateway.Workers;

/// <summary>
/// The two side effects of pools. They are kept apart so that all decisions of a pool can be tested without an agent.
/// </summary>
/// <param name="Start">
/// Starts a worker, and calls <see cref="WorkerPool.StartFailed"/> when this fails; does not throw and does not wait.
/// </param>
/// <param name="Stop">Stops a worker; does not throw and does not wait.</param>
internal sealed record WorkerControl(Action<Worker> Start, Action<Worker> Stop)
{
    /// <summary>
    /// Null when workers can be started; otherwise the reason why not, for users. While there is an obstacle, events
    /// wait until they time out. When workers can be started again, <see cref="WorkerPool.Refill"/> must be called.
    /// </summary>
    public Func<string?> Obstacle { get; init; } = static () => null;

    /// <summary>The memory of workers, which all pools share.</summary>
    public WorkerMemory Memory { get; init; } = WorkerMemory.Unbounded;
}
