using System.Text;
using Esb.Gateway.Routing;
using Esb.Schema.Http;

namespace Esb.Gateway.Responses;

/// <summary>Which headers of a function reach the client, and under which name.</summary>
internal static class ResponseHeaders
{
    // Of one connection (RFC 9110, 7.6.1), or computed from the body.
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length",
    };

    // Source: API Gateway, "Important notes for REST APIs": the table of headers that are remapped on their way back.
    private static readonly HashSet<string> Remapped = new(StringComparer.OrdinalIgnoreCase) { "Date", "Server", "WWW-Authenticate" };

    /// <summary>For Kestrel: functions may send more than ASCII, for example the name of a file, and servers what is not UTF-8.</summary>
    public static Encoding EncodingFor(string name) => LosslessEncoding.Instance;

    /// <summary>False for a name that is no token and for a value that could end its line.</summary>
    public static bool CanSend(string name, string value) => HeaderSyntax.IsToken(name) && HeaderSyntax.IsValue(value);

    /// <summary>
    /// The name under which a header is sent; null when it is not. An HTTP API with CORS rules of its own ignores what the function says.
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
