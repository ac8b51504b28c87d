using Esb.Schema.Diagnostics;

namespace Esb.Schema.Routing;

/// <summary>Which part of a request says who calls.</summary>
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

/// <summary>A place and a name in it. REST APIs write <c>method.request.header.X</c>, HTTP APIs <c>$request.header.X</c>; both are read.</summary>
/// <param name="Place">Which part.</param>
/// <param name="Name">As written.</param>
public readonly record struct IdentitySource(IdentityPlace Place, string Name)
{
    private static readonly (string Prefix, IdentityPlace Place)[] Spellings =
    [
        ("request.header.", IdentityPlace.Header), ("request.querystring.", IdentityPlace.Query),
        ("context.", IdentityPlace.Context), ("stageVariables.", IdentityPlace.StageVariable),
    ];

    /// <summary>
    /// Names of the request context that a request has a value of here. Of any other one there is none, so that nobody is let in. Source: API
    /// Gateway, "Variables for data models, authorizers, mapping templates, and access logging".
    /// </summary>
    public static IReadOnlySet<string> ContextNames { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "accountId", "apiId", "domainName", "domainPrefix", "extendedRequestId", "httpMethod", "http.method", "http.path", "http.protocol", "http.sourceIp", "http.userAgent", "identity.sourceIp",
        "identity.userAgent", "path", "protocol", "requestId", "requestTime", "requestTimeEpoch", "resourcePath", "routeKey", "stage",
    };

    /// <summary>Where a token stands unless something else is said.</summary>
    public static IdentitySource Authorization { get; } = new(IdentityPlace.Header, "Authorization");

    /// <summary>Reads one; false when it is none.</summary>
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
            if (!rest.StartsWith(prefix, StringComparison.Ordinal) || rest.Length == prefix.Length)
                continue;
            source = new IdentitySource(place, rest[prefix.Length..].ToString());
            return true;
        }

        source = default;
        return false;
    }
}
