namespace Esb.Gateway.Workers;

/// <summary>The two effects of pools, so that all their decisions can be tested without an agent.</summary>
/// <param name="Start">
/// Starts a worker and calls <see cref="WorkerPool.StartFailed"/> when it cannot; does not throw and does not wait.
/// </param>
/// <param name="Stop">Stops a worker; does not throw and does not wait.</param>
internal sealed record WorkerControl(Action<Worker> Start, Action<Worker> Stop)
{
    /// <summary>
    /// Null when workers can be started; otherwise the reason, for users. Meanwhile events wait until they time out.
    /// When workers can be started again, <see cref="WorkerPool.Refill"/> must be called.
    /// </summary>
    public Func<string?> Obstacle { get; init; } = static () => null;

    /// <summary>Shared by all pools.</summary>
    public WorkerMemory Memory { get; init; } = WorkerMemory.Unbounded;
}
