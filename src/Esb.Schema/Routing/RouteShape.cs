namespace Esb.Schema.Routing;

/// <summary>
/// The requests that a route matches: its method and its path, in canonical spelling and without the names of
/// parameters. Two routes of the same shape match the same requests, so only one of them can be served.
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

    /// <summary>The shape of a route. A pattern for requests that no other pattern matches has no method.</summary>
    public static string Of(string method, string path) =>
        $"{(RoutePattern.IsDefault(path) ? "ANY" : method)} {Of(path)}";

    /// <summary>The shape of a route from its name, <c>METHOD /path</c>.</summary>
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
