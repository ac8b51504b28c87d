namespace Esb.Agent.Backends;

/// <summary>A running worker, whichever backend started it.</summary>
/// <param name="Address">The address by which the gateway recognises the worker on the Runtime API.</param>
/// <param name="Description">A human-readable description.</param>
/// <param name="Exit">Completes when the worker has ended and its last line was delivered.</param>
/// <param name="StopAsync">
/// Asks the worker to end and kills it after a short grace period; completes when <paramref name="Exit"/> does. May be
/// called more than once.
/// </param>
internal sealed record RunningWorker(string Address, string Description, Task<WorkerExit> Exit, Func<Task> StopAsync);

/// <summary>How a worker ended.</summary>
/// <param name="Reason">In AWS's words: <c>exit status 1</c>, <c>signal: killed</c>.</param>
/// <param name="OutOfMemory">Whether it was killed because it exceeded its memory limit.</param>
internal sealed record WorkerExit(string Reason, bool OutOfMemory);
