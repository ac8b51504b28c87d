namespace Esb.Agent.Backends;

/// <summary>A worker that was started, whichever backend did it.</summary>
/// <param name="Address">By which the gateway recognises it on the Runtime API.</param>
/// <param name="Description">For people.</param>
/// <param name="Exit">Ends when the worker has ended and its last line was taken.</param>
/// <param name="StopAsync">Asks it to end, makes it end after a short grace; ends when <paramref name="Exit"/> does. May be called more than once.</param>
internal sealed record RunningWorker(string Address, string Description, Task<WorkerExit> Exit, Func<Task> StopAsync);

/// <summary>How a worker ended.</summary>
/// <param name="Reason">As AWS words it: <c>exit status 1</c>, <c>signal: killed</c>.</param>
/// <param name="OutOfMemory">It was killed because it went over its memory limit.</param>
internal sealed record WorkerExit(string Reason, bool OutOfMemory);
