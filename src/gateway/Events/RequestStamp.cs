using System.Text;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Events;

/// <summary>What marks one request: in its event, in the headers of its answer, and towards the function.</summary>
/// <param name="RequestId">A UUID.</param>
/// <param name="TraceId">As in <c>X-Amzn-Trace-Id</c>.</param>
/// <param name="ReceivedAt">When it came in.</param>
internal sealed record RequestStamp(string RequestId, string TraceId, DateTimeOffset ReceivedAt)
{
    /// <summary>The name of the header that carries the trace.</summary>
    public const string TraceHeader = "X-Amzn-Trace-Id";

    /// <summary>
    /// The second id, 15 characters and an equals sign, of the form that API Gateway uses for <c>extendedRequestId</c>,
    /// <c>x-amz-apigw-id</c> and everything in HTTP APIs. Derived from the first one, so that one leads to the other.
    /// </summary>
    public string ExtendedId { get; } = Extended(RequestId);

    /// <summary>A new stamp; a trace that the client brought is kept, as API Gateway keeps it.</summary>
    public static RequestStamp New(HttpRequest request, DateTimeOffset now) =>
        new(Guid.NewGuid().ToString(), Tracing.TraceHeader.Of(request.Headers, now), now);

    private static string Extended(string requestId)
    {
        Span<byte> bytes = stackalloc byte[11];
        bytes.Clear();
        Encoding.UTF8.TryGetBytes(requestId.AsSpan(0, Math.Min(requestId.Length, 11)), bytes, out _);
        return Convert.ToBase64String(bytes);
    }
}
