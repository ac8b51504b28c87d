using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Requests;

/// <summary>
/// Protects guarded routes from other spellings of their paths. An encoded slash does not separate segments in a match,
/// but does so in a function that decodes its path: <c>/admin%2Fusers</c> could match an open route and mean the
/// guarded <c>/admin/users</c>. The same is true of <c>//admin/users</c> when the function merges slashes. The requests
/// of a closed route, or of a route with a constant answer, must not reach any function in any spelling.
/// </summary>
internal static class GuardedSpelling
{
    private const string EncodedSlash = "%2F";

    /// <summary>
    /// Whether the path, with decoded and merged slashes, belongs to a route whose requests must not go to the given
    /// route.
    /// </summary>
    public static bool Hides(RouteTable routes, ReadOnlySpan<char> path, ReadOnlySpan<char> method, Route route)
    {
        var isPassedOn = route.HttpProxy is not null && (path.ContainsAny(';', '\\')
            || path.Contains("%5C", StringComparison.Ordinal)
            || path.Contains("%3B", StringComparison.Ordinal));
        if (!isPassedOn
            && !path.Contains(EncodedSlash, StringComparison.Ordinal)
            && !path.Contains("//", StringComparison.Ordinal))
            return false;
        var slashed = path.ToString().Replace(EncodedSlash, "/", StringComparison.Ordinal);
        var plain = CanonicalPath.WithSingleSlashes(isPassedOn ? AsServersRead(slashed) : slashed);
        return routes.TryMatch(plain, method, out var match) && match.Route is { } meant && Keeps(meant, route);
    }

    // Some servers treat a backslash as a slash, and text after a semicolon as a parameter of its segment (RFC 3986,
    // 3.3).
    private static string AsServersRead(string path) => string.Join('/', path
        .Replace("%5C", "/", StringComparison.Ordinal).Replace('\\', '/').Replace("%3B", ";", StringComparison.Ordinal)
        .Split('/').Select(segment => segment.Split(';')[0]));

    // The guard protects only the function of its own route. A path without a function must not reach any function.
    private static bool Keeps(Route meant, Route route) =>
        meant.Closed is not null
        || (meant.Mock is not null && route.Mock is null)
        || ((meant.Function is null || meant.Function == route.Function) && AsksMore(meant, route));

    private static bool AsksMore(Route meant, Route route) =>
        (meant.Authorizer is not null && route.Authorizer is null) || (meant.ApiKeyRequired && !route.ApiKeyRequired);
}
