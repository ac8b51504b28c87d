namespace Esb.Schema.Routing;

/// <summary>Paths of the public port that the platform answers itself, before any route.</summary>
public static class PlatformPaths
{
    /// <summary>The path of the health endpoint.</summary>
    public const string Health = "/health";

    /// <summary>
    /// Why a route with such a path would get none of its requests, in words that can follow the route.
    /// </summary>
    public const string Why = "the platform answers this path itself, as its health or as the Lambda API";

    /// <summary>Whether a route with this pattern would get none of its requests.</summary>
    public static bool Shadow(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return pattern == Health || IsLambdaApi(pattern);
    }

    /// <summary>Whether a path belongs to the Lambda API: a date, then <c>functions</c>.</summary>
    public static bool IsLambdaApi(ReadOnlySpan<char> path) =>
        path.StartsWith("/20") && path.Length >= 21 && path[5] == '-' && path[8] == '-'
            && path[11..].StartsWith("/functions") && (path.Length == 21 || path[21] == '/');
}
