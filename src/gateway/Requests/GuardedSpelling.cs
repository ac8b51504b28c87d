using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Requests;

/// <summary>
/// An encoded slash separates nothing for the match, but it does for a function that decodes its path: <c>/admin%2Fusers</c> could pass an
/// open route and mean what <c>/admin/users</c> guards. So could <c>//admin/users</c> where the function merges slashes. A route that is closed,
/// or answers by itself, keeps its requests from every function, and so in every spelling.
/// </summary>
internal static class GuardedSpelling
{
    private const string EncodedSlash = "%2F";

    /// <summary>Whether the path, with its slashes decoded and single, is a route that keeps its requests from the one that takes this spelling.</summary>
    public static bool Hides(RouteTable routes, ReadOnlySpan<char> path, ReadOnlySpan<char> method, Route route)
    {
        var isPassedOn = route.HttpProxy is not null && (path.ContainsAny(';', '\\') || path.Contains("%5C", StringComparison.Ordinal) || path.Contains("%3B", StringComparison.Ordinal));
        if (!isPassedOn && !path.Contains(EncodedSlash, StringComparison.Ordinal) && !path.Contains("//", StringComparison.Ordinal))
            return false;
        var slashed = path.ToString().Replace(EncodedSlash, "/", StringComparison.Ordinal);
        var plain = CanonicalPath.WithSingleSlashes(isPassedOn ? AsServersRead(slashed) : slashed);
        return routes.TryMatch(plain, method, out var match) && match.Route is { } meant && Keeps(meant, route);
    }

    // Some servers take a back slash for a slash, and what stands behind a semicolon for a parameter of its segment (RFC 3986, 3.3).
    private static string AsServersRead(string path) => string.Join('/', path
        .Replace("%5C", "/", StringComparison.Ordinal).Replace('\\', '/').Replace("%3B", ";", StringComparison.Ordinal)
        .Split('/').Select(segment => segment.Split(';')[0]));

    // Behind another function there is nothing that the guard of this one protects; what no function answers is meant to reach none.
    private static bool Keeps(Route meant, Route route) =>
        meant.Refused is not null
        || (meant.Mock is not null && route.Mock is null)
        || ((meant.Function is null || meant.Function == route.Function) && AsksMore(meant, route));

    private static bool AsksMore(Route meant, Route route) =>
        (meant.Authorizer is not null && route.Authorizer is null) || (meant.ApiKeyRequired && !route.ApiKeyRequired);
}
