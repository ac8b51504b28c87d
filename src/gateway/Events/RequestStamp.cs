using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
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

    private const int MaxTraceLength = 512;

    /// <summary>
    /// The second id, 15 characters and an equals sign, of the form that API Gateway uses for <c>extendedRequestId</c>,
    /// <c>x-amz-apigw-id</c> and everything in HTTP APIs. Derived from the first one, so that one leads to the other.
    /// </summary>
    public string ExtendedId { get; } = Extended(RequestId);

    /// <summary>A new stamp; a trace that the client brought is kept, as API Gateway keeps it.</summary>
    public static RequestStamp New(HttpRequest request, DateTimeOffset now)
    {
        string? brought = request.Headers[TraceHeader];
        return new RequestStamp(Guid.NewGuid().ToString(), IsUsable(brought) ? brought : NewTrace(now), now);
    }

    // It is sent on as a header, to the function and back to the client, where only visible ASCII is allowed.
    private static bool IsUsable([NotNullWhen(true)] string? trace) =>
        trace is { Length: > 0 and <= MaxTraceLength } && !trace.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // Source: AWS X-Ray, "Tracing header": version, seconds in eight hexadecimal digits, 96 random bits.
    private static string NewTrace(DateTimeOffset now)
    {
        Span<byte> random = stackalloc byte[12];
        RandomNumberGenerator.Fill(random);
        return string.Create(CultureInfo.InvariantCulture, $"Root=1-{now.ToUnixTimeSeconds():x8}-{Convert.ToHexStringLower(random)}");
    }

    private static string Extended(string requestId)
    {
        Span<byte> bytes = stackalloc byte[11];
        bytes.Clear();
        Encoding.UTF8.TryGetBytes(requestId.AsSpan(0, Math.Min(requestId.Length, 11)), bytes, out _);
        return Convert.ToBase64String(bytes);
    }
}
