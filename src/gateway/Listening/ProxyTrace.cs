using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>Detects requests that came through a proxy, which are not treated as local ones.</summary>
internal static class ProxyTrace
{
    /// <summary>The evidence of a proxy; null when there is none.</summary>
    public static string? Of(HttpRequest request)
    {
        foreach (var (name, _) in request.Headers)
        {
            if (ProxyMarks.Contains(name))
                return name;
        }

        // nginx uses it for its upstreams by default, and SDKs never do.
        return HttpProtocol.IsHttp10(request.Protocol) ? "HTTP/1.0" : null;
    }

    /// <summary>The evidence as a reason for a refusal.</summary>
    public static string? Refusal(HttpRequest request) => Of(request) is { } trace ? ProxyMarks.Refusal(trace) : null;
}
