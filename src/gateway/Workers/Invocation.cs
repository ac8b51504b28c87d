using Esb.Gateway.Clocks;
using Esb.Gateway.Streaming;

namespace Esb.Gateway.Workers;

/// <summary>One event on its way through a worker, from the queue to the answer.</summary>
/// <param name="requestId">Lambda's.</param>
/// <param name="payload">JSON.</param>
/// <param name="submitted">When it came in, on the steady clock.</param>
internal sealed class Invocation(string requestId, ReadOnlyMemory<byte> payload, TimeSpan submitted)
{
    // Whoever waits for the answer must not run on the thread that read it from the worker.
    private readonly TaskCompletionSource<InvocationResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = requestId;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>When it came in, on the steady clock.</summary>
    public TimeSpan Submitted { get; } = submitted;

    /// <summary><c>X-Amzn-Trace-Id</c> as the function gets it: the caller's, or with the invocation's own span in it.</summary>
    public string? TraceId { get; set; }

    /// <summary>Base64 of the caller's client context, handed on decoded.</summary>
    public string? ClientContext { get; init; }

    /// <summary>The alias or version by which the caller named the function; null: by its name alone.</summary>
    public string? Qualifier { get; init; }

    /// <summary>Set by whoever can take the answer bit by bit.</summary>
    public ResponseStream? Stream { get; init; }

    /// <summary>When a worker took it; null as long as none has. The pool sets it.</summary>
    public Moment? Started { get; set; }

    /// <summary>How long the worker may take; the pool sets it.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>When the worker must have answered, on the steady clock.</summary>
    public TimeSpan Deadline => (Started?.Steady ?? Submitted) + Timeout;

    /// <summary>What the function took, or how long the event waited for a worker in vain; known when it is over.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Whether a worker had to be started for it.</summary>
    public bool ColdStart { get; set; }

    /// <summary>
    /// Set when it has been handed from a replaced revision to the next one. It is handed on only once: where deploys follow each other
    /// faster than workers start, it would otherwise never be served.
    /// </summary>
    public bool Moved { get; set; }

    /// <summary>The answer; never faults.</summary>
    public Task<InvocationResult> Completion => _completion.Task;

    /// <summary>The first answer counts: a late one from a worker that was given up changes nothing.</summary>
    public bool TryComplete(InvocationResult result) => _completion.TrySetResult(result);
}
