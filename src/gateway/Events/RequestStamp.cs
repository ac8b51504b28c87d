using System.Text;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Events;

/// <summary>The identification of a request in its event, in the headers of its answer, and for the function.</summary>
/// <param name="RequestId">The request id, a UUID.</param>
/// <param name="TraceId">The value of <c>X-Amzn-Trace-Id</c>.</param>
/// <param name="ReceivedAt">The time of arrival.</param>
internal sealed record RequestStamp(string RequestId, string TraceId, DateTimeOffset ReceivedAt)
{
    /// <summary>The name of the trace header.</summary>
    public const string TraceHeader = "X-Amzn-Trace-Id";

    /// <summary>
    /// The second id, with 15 characters and an equals sign, which API Gateway uses for <c>extendedRequestId</c>,
    /// <c>x-amz-apigw-id</c> and everything in HTTP APIs. It is derived from the request id, so that it can be found
    /// from that id.
    /// </summary>
    public string ExtendedId { get; } = Extended(RequestId);

    /// <summary>Creates a stamp. A trace header of the client is kept, as by API Gateway.</summary>
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
