using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>The state of a worker.</summary>
internal enum WorkerState
{
    /// <summary>The worker is starting and has not requested work yet.</summary>
    Starting,

    /// <summary>The worker is waiting for an event.</summary>
    Idle,

    /// <summary>The worker is handling an event.</summary>
    Busy,

    /// <summary>The worker has been stopped; further requests from it are ignored.</summary>
    Stopped,
}

/// <summary>
/// One running copy of a function. Its state belongs to its pool and changes only under the pool's lock.
/// </summary>
internal sealed class Worker(string id, WorkerPool pool, Moment created)
{
    private int _isAnswering;

    public string Id { get; } = id;

    public WorkerPool Pool { get; } = pool;

    /// <summary>When the worker was created, on the wall clock.</summary>
    public DateTimeOffset CreatedAt { get; } = created.Wall;

    /// <summary>The address of the worker on the Runtime API; empty until the agent has reported it.</summary>
    public string Address { get; set; } = "";

    /// <summary>The agent's description of the worker, for users.</summary>
    public string Description { get; set; } = "";

    public WorkerState State { get; set; } = WorkerState.Starting;

    /// <summary>When the worker entered its current state, on the steady clock.</summary>
    public TimeSpan Since { get; set; } = created.Steady;

    /// <summary>Whether the worker has ever requested work, which means that its function was initialised.</summary>
    public bool HasRequestedWork { get; set; }

    public Invocation? Current { get; set; }

    /// <summary>
    /// The id of the previous invocation, whose log lines may still arrive; null before the first answer. The
    /// invocation itself is not kept, since its event and its answer may be large.
    /// </summary>
    public string? PreviousRequestId { get; set; }

    /// <summary>The deadline of the previous invocation, on the steady clock.</summary>
    public TimeSpan PreviousDeadline { get; set; }

    /// <summary>When the worker took the previous invocation, for the log lines.</summary>
    public DateTimeOffset? PreviousStartedAt { get; set; }

    /// <summary>Whether a complete answer is being received from the worker.</summary>
    public bool IsAnswering => Volatile.Read(ref _isAnswering) != 0;

    /// <summary>
    /// Begins receiving a complete answer; false while another answer is being received. Only one is received at a
    /// time, since an answer may have six megabytes.
    /// </summary>
    public bool TryBeginAnswer() => Interlocked.Exchange(ref _isAnswering, 1) == 0;

    /// <summary>Ends receiving an answer.</summary>
    public void EndAnswer() => Volatile.Write(ref _isAnswering, 0);

    /// <summary>The initialisation error that the worker reported before it ended.</summary>
    public InvocationResult? InitError { get; set; }

    /// <summary>Set while the worker is waiting for an event; completed with null when the worker must end.</summary>
    public TaskCompletionSource<Invocation?>? Wait { get; set; }
}
