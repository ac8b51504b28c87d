using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// What a proxy leaves in the requests that it hands on. Behind one on this machine all the world comes from loopback, so such a request is not
/// taken for one of this machine.
/// </summary>
internal static class ProxyTrace
{
    private const string Prefix = "X-Forwarded-";

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "Forwarded", "Via", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-Original-Forwarded-For", "X-ProxyUser-Ip", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP",
    };

    /// <summary>What shows that the request came through a proxy; null when nothing does.</summary>
    public static string? Of(HttpRequest request)
    {
        foreach (var (name, _) in request.Headers)
        {
            if (Names.Contains(name) || name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        // nginx speaks it to what is behind it unless it is told otherwise, and no SDK does.
        return HttpProtocol.IsHttp10(request.Protocol) ? "HTTP/1.0" : null;
    }

    /// <summary>The same as a reason to refuse.</summary>
    public static string? Refusal(HttpRequest request) => Of(request) is { } trace ? $"a request that a proxy hands on is not one of this machine ({trace})" : null;
}
