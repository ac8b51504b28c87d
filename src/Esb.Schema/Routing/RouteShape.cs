namespace Esb.Schema.Routing;

/// <summary>
/// Which requests a route takes: its method and its path, in the one spelling and without the names of parameters. Two routes of one shape take
/// the same requests, so that only one of them can be served.
/// </summary>
public static class RouteShape
{
    /// <summary>The shape of a path: <c>/users/{id}</c> and <c>/users/{name}/</c> are both <c>/users/{}</c>.</summary>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path is "/" or RoutePattern.Default)
            return path;
        return string.Join('/', path.TrimEnd('/').Split('/').Select(Segment));
    }

    /// <summary>The same for a route. What no other route takes has no method.</summary>
    public static string Of(string method, string path) => $"{(RoutePattern.IsDefault(path) ? "ANY" : method)} {Of(path)}";

    /// <summary>The same for a route as people name it, <c>METHOD /path</c>.</summary>
    public static string OfName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Split(' ', 2) is [var method, var path] ? Of(method, path) : name;
    }

    private static string Segment(string segment) => segment switch
    {
        ['{', .., '+', '}'] => "{+}",
        ['{', .., '}'] => "{}",
        _ => CanonicalPath.Of(segment) ?? segment,
    };
}
