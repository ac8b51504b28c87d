using Esb.Schema.Http;

namespace Esb.Schema.Routing;

/// <summary>The part of a request that identifies the caller.</summary>
public enum IdentityPlace
{
    /// <summary>A header.</summary>
    Header,

    /// <summary>A parameter of the query string.</summary>
    Query,

    /// <summary>A value of the request context, such as <c>routeKey</c>.</summary>
    Context,

    /// <summary>A stage variable.</summary>
    StageVariable,
}

/// <summary>
/// A part of a request and a name in it. REST APIs write <c>method.request.header.X</c>, HTTP APIs
/// <c>$request.header.X</c>; both are accepted.
/// </summary>
/// <param name="Place">The part of the request.</param>
/// <param name="Name">The name as written.</param>
public readonly record struct IdentitySource(IdentityPlace Place, string Name)
{
    private static readonly (string Prefix, IdentityPlace Place)[] Spellings =
    [
        ("request.header.", IdentityPlace.Header), ("request.querystring.", IdentityPlace.Query),
        ("context.", IdentityPlace.Context), ("stageVariables.", IdentityPlace.StageVariable),
    ];

    /// <summary>
    /// The names in the request context that have a value here. Any other name has none, so nobody is admitted. Source:
    /// API Gateway, "Variables for data models, authorizers, mapping templates, and access logging".
    /// </summary>
    public static IReadOnlySet<string> ContextNames { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "accountId", "apiId", "domainName", "domainPrefix", "extendedRequestId", "httpMethod", "http.method",
        "http.path", "http.protocol", "http.sourceIp", "http.userAgent", "identity.sourceIp", "identity.userAgent",
        "path", "protocol", "requestId", "requestTime", "requestTimeEpoch", "resourcePath", "routeKey", "stage",
    };

    /// <summary>The default place of a token.</summary>
    public static IdentitySource Authorization { get; } = new(IdentityPlace.Header, "Authorization");

    /// <summary>
    /// Parses an identity source. Its name consists of visible ASCII characters without commas, and that of a header is
    /// a token.
    /// </summary>
    public static bool TryParse(string text, out IdentitySource source)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan().Trim().TrimStart('$');
        foreach (var front in (ReadOnlySpan<string>)["method.", "route."])
        {
            if (rest.StartsWith(front, StringComparison.Ordinal))
                rest = rest[front.Length..];
        }

        foreach (var (prefix, place) in Spellings)
        {
            if (!rest.StartsWith(prefix, StringComparison.Ordinal) || !IsName(rest[prefix.Length..], place))
                continue;
            source = new IdentitySource(place, rest[prefix.Length..].ToString());
            return true;
        }

        source = default;
        return false;
    }

    private static bool IsName(ReadOnlySpan<char> text, IdentityPlace place) => place == IdentityPlace.Header
        ? HeaderSyntax.IsToken(text)
        : !text.IsEmpty && !text.Contains(',') && !text.ContainsAnyExceptInRange('!', '~');
}
