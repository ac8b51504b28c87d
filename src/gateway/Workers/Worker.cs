using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>The state of a worker.</summary>
internal enum WorkerState
{
    /// <summary>It starts and has not requested work yet.</summary>
    Starting,

    /// <summary>It waits for an event.</summary>
    Idle,

    /// <summary>It has an event.</summary>
    Busy,

    /// <summary>It is stopped; further requests of it are ignored.</summary>
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

    /// <summary>When it was created, on the wall clock.</summary>
    public DateTimeOffset CreatedAt { get; } = created.Wall;

    /// <summary>Its address on the Runtime API, once the agent has reported it.</summary>
    public string Address { get; set; } = "";

    /// <summary>The agent's description of it, for users.</summary>
    public string Description { get; set; } = "";

    public WorkerState State { get; set; } = WorkerState.Starting;

    /// <summary>When it entered its state, on the steady clock.</summary>
    public TimeSpan Since { get; set; } = created.Steady;

    /// <summary>Whether it has ever requested work, which means that its function was initialised.</summary>
    public bool HasRequestedWork { get; set; }

    public Invocation? Current { get; set; }

    /// <summary>
    /// The id of its previous invocation, whose log lines may still arrive; null before the first answer. Nothing else
    /// of it is kept: event and answer may be large.
    /// </summary>
    public string? PreviousRequestId { get; set; }

    /// <summary>The deadline of its previous invocation, on the steady clock.</summary>
    public TimeSpan PreviousDeadline { get; set; }

    /// <summary>When it took its previous invocation, for the log lines.</summary>
    public DateTimeOffset? PreviousStartedAt { get; set; }

    /// <summary>Whether a complete answer is being received from it.</summary>
    public bool IsAnswering => Volatile.Read(ref _isAnswering) != 0;

    /// <summary>
    /// Begins receiving a complete answer; false while another one is being received. An answer may have six megabytes.
    /// </summary>
    public bool TryBeginAnswer() => Interlocked.Exchange(ref _isAnswering, 1) == 0;

    /// <summary>Ends receiving an answer.</summary>
    public void EndAnswer() => Volatile.Write(ref _isAnswering, 0);

    /// <summary>The initialisation error that it reported before it ended.</summary>
    public InvocationResult? InitError { get; set; }

    /// <summary>Set while it waits; completed with null when it must end.</summary>
    public TaskCompletionSource<Invocation?>? Wait { get; set; }
}
