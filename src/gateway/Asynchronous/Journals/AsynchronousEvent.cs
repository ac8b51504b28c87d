namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>An event that nobody waits for, as it was taken in.</summary>
/// <param name="Id">The request id: the same through all tries, so that a function can tell a repetition.</param>
/// <param name="Function">The name of the function.</param>
/// <param name="Payload">JSON.</param>
/// <param name="AcceptedAt">When it was taken in; its age counts from here.</param>
internal sealed record AsynchronousEvent(string Id, string Function, ReadOnlyMemory<byte> Payload, DateTimeOffset AcceptedAt)
{
    /// <summary><c>X-Amzn-Trace-Id</c> of whoever caused it.</summary>
    public string? TraceId { get; init; }

    /// <summary>The client context, decoded.</summary>
    public string? ClientContext { get; init; }

    /// <summary>The alias or version by which the caller named the function; null: by its name alone.</summary>
    public string? Qualifier { get; init; }

    /// <summary>How many destinations stand between it and the first event of its chain.</summary>
    public int Hops { get; init; }
}
