using Esb.Origins;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>What a proxy leaves in the requests that it hands on: such a request is not taken for one of this machine.</summary>
internal static class ProxyTrace
{
    /// <summary>What shows that the request came through a proxy; null when nothing does.</summary>
    public static string? Of(HttpRequest request)
    {
        foreach (var (name, _) in request.Headers)
        {
            if (ProxyMarks.Contains(name))
                return name;
        }

        // nginx speaks it to what is behind it unless it is told otherwise, and no SDK does.
        return HttpProtocol.IsHttp10(request.Protocol) ? "HTTP/1.0" : null;
    }

    /// <summary>The same as a reason to refuse.</summary>
    public static string? Refusal(HttpRequest request) => Of(request) is { } trace ? ProxyMarks.Refusal(trace) : null;
}
