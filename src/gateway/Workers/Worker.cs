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

    /// <summary>The one before the current one: lines of its log may still come in.</summary>
    public Invocation? Previous { get; set; }

    /// <summary>What it reported before it ended without ever asking for work.</summary>
    public InvocationResult? InitError { get; set; }

    /// <summary>Set while it waits; completed with null when it is to go away.</summary>
    public TaskCompletionSource<Invocation?>? Wait { get; set; }
}
