using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>
/// Removes the headers that an HTTP/1.1 request lists in <c>Connection</c>, since they belong to this connection only
/// (RFC 9110, 7.6.1). They are removed before anything reads them: an authorizer must not see a header that the server
/// does not get.
/// </summary>
internal static class ConnectionHeaders
{
    // Without these headers the request could have another meaning or could loop.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Host", "Content-Length", "Transfer-Encoding", "Via", "Forwarded", "X-Forwarded-For",
    };

    public static void Drop(HttpRequest request)
    {
        var connection = request.Headers.Connection;
        if (connection.Count == 0 || (connection.Count == 1 && connection[0] is "keep-alive" or "close"))
            return;
        foreach (var name in OptionalWhitespace.Split(connection.ToString(), ','))
        {
            if (HeaderSyntax.IsToken(name) && !Kept.Contains(name))
                request.Headers.Remove(name);
        }
    }
}
