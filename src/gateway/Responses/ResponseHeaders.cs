using System.Text;
using Esb.Gateway.Routing;
using Esb.Schema.Http;

namespace Esb.Gateway.Responses;

/// <summary>Decides which headers of a function the client gets, and under which names.</summary>
internal static class ResponseHeaders
{
    // These headers belong to one connection (RFC 9110, 7.6.1), or are computed from the body.
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length",
    };

    // Source: API Gateway, "Important notes for REST APIs": the table of remapped response headers.
    private static readonly HashSet<string> Remapped =
        new(StringComparer.OrdinalIgnoreCase) { "Date", "Server", "WWW-Authenticate" };

    /// <summary>
    /// The header encoding for Kestrel: functions may send non-ASCII values, such as file names, and servers may send
    /// invalid UTF-8.
    /// </summary>
    public static Encoding EncodingFor(string name) => LosslessEncoding.Instance;

    /// <summary>
    /// Whether a header can be sent. False for a name that is not a token, or a value with a line break.
    /// </summary>
    public static bool CanSend(string name, string value) => HeaderSyntax.IsToken(name) && HeaderSyntax.IsValue(value);

    /// <summary>
    /// The name under which a header is sent; null when the header is dropped. An HTTP API with its own CORS rules
    /// ignores the function's CORS headers.
    /// </summary>
    public static string? NameFor(string name, ApiKind kind, bool withCors)
    {
        if (Dropped.Contains(name))
            return null;
        if (kind == ApiKind.Rest)
            return Remapped.Contains(name) ? "x-amzn-Remapped-" + name : name;
        return withCors && name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) ? null : name;
    }
}
