using Esb.Gateway.Responses;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Gateway.Requests;

/// <summary>
/// What a client of the public port may cost. Source of the sizes: API Gateway, "Quotas for configuring and running a REST API in API
/// Gateway": 10 MB of payload, 10,240 bytes for the request line and all headers. Here each of the two has that bound.
/// </summary>
internal static class PublicPort
{
    /// <summary>Bytes.</summary>
    public const int MaxHeadBytes = 10_240;

    private const int MaxHeaders = 200;
    private const int UnreadBytes = 32 * 1024;
    private const int UnreadStreamBytes = 64 * 1024; // the least that HTTP/2 begins with

    // A client that sends or takes less than this many bytes a second, after this time of grace, is let go.
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <param name="options">Of the port's own Kestrel.</param>
    /// <param name="maxConnections">Open at once; the next one is closed when it comes.</param>
    public static void Limit(KestrelServerOptions options, int maxConnections)
    {
        var limits = options.Limits;
        // Whoever reads a body has a limit for it. One of Kestrel's would close the connection of a chunked body that is too large while its client
        // is still sending, which would then see a reset in place of the 413.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestLineSize = MaxHeadBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeadBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.MaxConcurrentConnections = maxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MinRequestBodyDataRate = Slowest;
        limits.MinResponseDataRate = Slowest;
        // What comes before somebody reads it, and what waits for a client, for each connection: ten thousand must not be gigabytes.
        limits.MaxRequestBufferSize = UnreadBytes;
        limits.MaxResponseBufferSize = UnreadBytes;
        limits.Http2.InitialConnectionWindowSize = UnreadStreamBytes * 2;
        limits.Http2.InitialStreamWindowSize = UnreadStreamBytes;
        options.ResponseHeaderEncodingSelector = ResponseHeaders.EncodingFor;
    }
}
