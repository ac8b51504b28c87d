using Esb.Gateway.Listening;
using Esb.Gateway.Responses;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Esb.Gateway.Requests;

/// <summary>
/// Limits for clients of the public port. Source of the sizes: API Gateway, "Quotas for configuring and running a REST
/// API in API Gateway": 10 MB of payload, and 10,240 bytes for the request line and all headers together. Here the
/// request line and the headers each have that limit.
/// </summary>
internal static class PublicPort
{
    /// <summary>The limit in bytes, which applies separately to the request line and to the headers.</summary>
    public const int MaxHeadBytes = RequestTrailers.MaxBytes;

    private const int UnreadBytes = 32 * 1024;
    private const int UnreadStreamBytes = 64 * 1024; // the initial minimum of HTTP/2

    // A client that sends or reads fewer bytes per second is disconnected after a grace period.
    private static readonly MinDataRate MinRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <param name="options">The options of the port's Kestrel server.</param>
    /// <param name="maxConnections">The maximum number of open connections; further ones are closed at once.</param>
    public static void Limit(KestrelServerOptions options, int maxConnections)
    {
        var limits = options.Limits;
        // Each reader of a body has its own limit. With Kestrel's limit, the connection of a chunked body that is too
        // large would be closed while the client is still sending, and the client would see a reset instead of the 413.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestLineSize = MaxHeadBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeadBytes;
        limits.MaxRequestHeaderCount = RequestTrailers.MaxFields;
        limits.MaxConcurrentConnections = maxConnections;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MinRequestBodyDataRate = MinRate;
        limits.MinResponseDataRate = MinRate;
        // The unread input and the waiting output of each connection must stay small for ten thousand connections.
        limits.MaxRequestBufferSize = UnreadBytes;
        limits.MaxResponseBufferSize = UnreadBytes;
        limits.Http2.InitialConnectionWindowSize = UnreadStreamBytes * 2;
        limits.Http2.InitialStreamWindowSize = UnreadStreamBytes;
        options.ResponseHeaderEncodingSelector = ResponseHeaders.EncodingFor;
    }
}
