using Esb.Schema.Http;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Requests;

/// <summary>
/// Headers that a request of HTTP/1.1 names in <c>Connection</c> are for this connection (RFC 9110, 7.6.1). They are taken away before anybody
/// looks: an authorizer must not see one that the server behind it does not get.
/// </summary>
internal static class NamedByConnection
{
    // Without these a request would be another one, or go round for ever.
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
