using System.Globalization;
using System.Net;
using Esb.Origins;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Events;

/// <summary>
/// The headers of an event: the client's headers without those of the connection, and those that API Gateway adds about
/// the client. Kestrel returns well-known names in their usual spelling and all others as they were sent.
/// </summary>
internal readonly struct PassedHeaders(HttpContext context, RequestStamp stamp)
{
    private static readonly HashSet<string> NotPassed = new(StringComparer.OrdinalIgnoreCase)
    {
        // Belong to the connection, not to the message: RFC 9110, 7.6.1.
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
        // Written by API Gateway, whatever the client sends.
        ForwardedFor, ForwardedPort, ForwardedProto, RequestStamp.TraceHeader,
    };

    private const string ForwardedFor = "X-Forwarded-For";
    private const string ForwardedPort = "X-Forwarded-Port";
    private const string ForwardedProto = "X-Forwarded-Proto";

    /// <summary>The client's address on this connection.</summary>
    public static string SourceIp(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => IPAddress.Loopback.ToString(),
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address.ToString(),
    };

    /// <summary>Calls <paramref name="write"/> for each header.</summary>
    public void ForEach<TState>(TState state, Action<TState, string, StringValues> write)
    {
        foreach (var (name, values) in context.Request.Headers)
        {
            if (!NotPassed.Contains(name))
                write(state, name, values);
        }

        ForEachAdded((state, write), static (inner, name, value) => inner.write(inner.state, name, value));
    }

    /// <summary>Calls <paramref name="write"/> for each header that API Gateway adds.</summary>
    public void ForEachAdded<TState>(TState state, Action<TState, string, string> write)
    {
        var request = context.Request;
        var before = request.Headers[ForwardedFor];
        var source = SourceIp(context);
        write(state, RequestStamp.TraceHeader, stamp.TraceId);
        write(state, ForwardedFor, before.Count == 0 ? source : $"{string.Join(", ", before.ToArray())}, {source}");
        write(state, ForwardedPort, (HostHeader.PortOf(request.Headers.Host.ToString()) ?? (request.IsHttps ? 443 : 80))
            .ToString(CultureInfo.InvariantCulture));
        write(state, ForwardedProto, request.Scheme);
    }
}
