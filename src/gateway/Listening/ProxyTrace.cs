using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>Detects requests that came through a proxy. Such requests are not treated as local ones.</summary>
internal static class ProxyTrace
{
    /// <summary>The evidence that the request came through a proxy; null without such evidence.</summary>
    public static string? Of(HttpRequest request)
    {
        foreach (var (name, _) in request.Headers)
        {
            if (ProxyMarks.Contains(name))
                return name;
        }

        // nginx uses HTTP/1.0 for its upstreams by default, and SDKs never use it.
        return HttpProtocol.IsHttp10(request.Protocol) ? "HTTP/1.0" : null;
    }

    /// <summary>The reason for a refusal, which contains the evidence; null without such evidence.</summary>
    public static string? Refusal(HttpRequest request) => Of(request) is { } trace ? ProxyMarks.Refusal(trace) : null;
}
