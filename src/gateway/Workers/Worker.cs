using Esb.Gateway.Clocks;

namespace Esb.Gateway.Workers;

/// <summary>Where a worker is in its life.</summary>
internal enum WorkerState
{
    /// <summary>Started, or about to be, and has not asked for work yet.</summary>
    Starting,

    /// <summary>Waits for an event.</summary>
    Idle,

    /// <summary>Has an event.</summary>
    Busy,

    /// <summary>Is given up; nothing it still says counts.</summary>
    Stopped,
}

/// <summary>One running copy of a function. All its state belongs to its pool and is changed under the pool's lock only.</summary>
internal sealed class Worker(string id, WorkerPool pool, Moment created)
{
    private int _isAnswering;

    public string Id { get; } = id;

    public WorkerPool Pool { get; } = pool;

    /// <summary>For people.</summary>
    public DateTimeOffset CreatedAt { get; } = created.Wall;

    /// <summary>Its identity on the Runtime API, once the agent has said it.</summary>
    public string Address { get; set; } = "";

    /// <summary>What the agent says about it, for people.</summary>
    public string Description { get; set; } = "";

    public WorkerState State { get; set; } = WorkerState.Starting;

    /// <summary>When it came into its state, on the steady clock.</summary>
    public TimeSpan Since { get; set; } = created.Steady;

    /// <summary>Whether it has ever asked for work: its function could be initialised.</summary>
    public bool HasAsked { get; set; }

    public Invocation? Current { get; set; }

    /// <summary>The id of the one before the current one, of which lines may still come in; null before the first has been answered. Nothing else of it is kept: event and answer may be large.</summary>
    public string? PreviousRequestId { get; set; }

    /// <summary>When the one before the current one must have been answered, on the steady clock.</summary>
    public TimeSpan PreviousDeadline { get; set; }

    /// <summary>When the worker took the one before the current one, for the lines of its log.</summary>
    public DateTimeOffset? PreviousStartedAt { get; set; }

    /// <summary>Whether an answer of one piece is being received of it.</summary>
    public bool IsAnswering => Volatile.Read(ref _isAnswering) != 0;

    /// <summary>Takes the right to hand in an answer of one piece; false when another one is being received. It may be six megabytes.</summary>
    public bool TryBeginAnswer() => Interlocked.Exchange(ref _isAnswering, 1) == 0;

    /// <summary>Gives the right back.</summary>
    public void EndAnswer() => Volatile.Write(ref _isAnswering, 0);

    /// <summary>What it reported before it ended without ever asking for work.</summary>
    public InvocationResult? InitError { get; set; }

    /// <summary>Set while it waits; completed with null when it is to go away.</summary>
    public TaskCompletionSource<Invocation?>? Wait { get; set; }
}
