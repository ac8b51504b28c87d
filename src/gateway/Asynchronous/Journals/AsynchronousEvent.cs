namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>An asynchronous event, as it was accepted.</summary>
/// <param name="Id">The request id, the same for every attempt, so that a function can recognise a repetition.</param>
/// <param name="Function">The name of the function.</param>
/// <param name="Payload">The JSON document.</param>
/// <param name="AcceptedAt">When it was accepted, as a time of day.</param>
internal sealed record AsynchronousEvent(
    string Id,
    string Function,
    ReadOnlyMemory<byte> Payload,
    DateTimeOffset AcceptedAt)
{
    /// <summary>The caller's <c>X-Amzn-Trace-Id</c>.</summary>
    public string? TraceId { get; init; }

    /// <summary>The client context, decoded.</summary>
    public string? ClientContext { get; init; }

    /// <summary>The alias or version by which the caller named the function; null without one.</summary>
    public string? Qualifier { get; init; }

    /// <summary>How many destinations led from the first event of its chain to this one.</summary>
    public int Hops { get; init; }
}
