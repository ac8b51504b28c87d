using Esb.Gateway.Clocks;
using Esb.Gateway.Streaming;

namespace Esb.Gateway.Workers;

/// <summary>One invocation, from the queue to the answer.</summary>
/// <param name="requestId">The Lambda request id.</param>
/// <param name="payload">The event, a JSON document.</param>
/// <param name="submitted">When the event arrived, on the steady clock.</param>
internal sealed class Invocation(string requestId, ReadOnlyMemory<byte> payload, TimeSpan submitted)
{
    // Continuations must not run on the thread that read the answer from the worker.
    private readonly TaskCompletionSource<InvocationResult> _completion = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = requestId;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    /// <summary>When the event arrived, on the steady clock.</summary>
    public TimeSpan Submitted { get; } = submitted;

    /// <summary>
    /// <c>X-Amzn-Trace-Id</c> for the function: the caller's header, or one with the invocation's own span as the
    /// parent.
    /// </summary>
    public string? TraceId { get; set; }

    /// <summary>The caller's client context in base64; the function gets it decoded.</summary>
    public string? ClientContext { get; init; }

    /// <summary>The alias or version by which the caller named the function; null without one.</summary>
    public string? Qualifier { get; init; }

    /// <summary>Set by a caller that accepts a streamed answer.</summary>
    public ResponseStream? Stream { get; init; }

    /// <summary>When a worker took the event; null before that. Set by the pool.</summary>
    public Moment? Started { get; set; }

    /// <summary>How long the worker may take for its answer; set by the pool.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>When the worker must have answered, on the steady clock.</summary>
    public TimeSpan Deadline => (Started?.Steady ?? Submitted) + Timeout;

    /// <summary>
    /// The duration of the function, or how long the event waited without getting a worker; known at the end.
    /// </summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Whether a worker had to be started for this invocation.</summary>
    public bool ColdStart { get; set; }

    /// <summary>
    /// Whether the event was passed from a replaced revision to the next one. This happens only once for each event.
    /// Otherwise, if deploys followed each other faster than workers start, the event would never be served.
    /// </summary>
    public bool Moved { get; set; }

    /// <summary>The answer; never faults.</summary>
    public Task<InvocationResult> Completion => _completion.Task;

    /// <summary>
    /// Completes the invocation. Only the first answer counts: a late answer from a stopped worker changes nothing.
    /// </summary>
    public bool TryComplete(InvocationResult result) => _completion.TrySetResult(result);
}
