using Esb.Gateway.Routing;

namespace Esb.Gateway.Tests.Routing;

/// <summary>
/// The rules of routing in their slowest and simplest form: try each route, keep those that match, take the most
/// specific.
/// </summary>
internal sealed class NaiveRoutes(IReadOnlyList<Route> routes)
{
    private const string Fallback = "/$default";

    public string Match(string method, string path)
    {
        var trimmed = path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;
        var segments = path == "/" ? [] : trimmed[1..].Split('/');
        var fitting = routes
            .Where(r => r.Method == Route.AnyMethod || r.Method == method)
            .Select(r => (Route: r, Values: Values(r, segments, path)))
            .Where(c => c.Values is not null)
            .ToList();
        // The base path itself is a whole pattern, unless an empty {name+} of an HTTP API matches it after a slash.
        var whole = fitting.Exists(c => c.Values is [.., ""] && Segments(c.Route).SkipLast(1).SequenceEqual(segments))
            ? null
            : trimmed + Fallback;
        var best = fitting.OrderBy(c => Rank(c.Route, whole), StringComparer.Ordinal).FirstOrDefault();
        return best.Route is null ? "-" : best.Route.Function
            + string.Concat(best.Values!.Select((v, i) => $" {best.Route.ParameterNames[i]}={v}"));
    }

    // A sort key: whole patterns before greedy ones before $default; then for each segment literal, parameter, greedy;
    // then the method. Within the scope of a base path, its $default is the last greedy one.
    private static string Rank(Route route, string? whole)
    {
        if (route.Path == "$default")
            return "3";
        if (IsDefault(route))
        {
            var texts = new string('1', Segments(route).Length - 1);
            return route.Path == whole ? $"1{texts}C" : $"2{texts}4";
        }

        var kinds = Segments(route)
            .Select(s => s.EndsWith("+}", StringComparison.Ordinal) ? '3' : s[0] == '{' ? '2' : '1');
        var shape = route.Path.EndsWith("+}", StringComparison.Ordinal) ? 2 : 1;
        return $"{shape}{string.Concat(kinds)}{(route.Method == Route.AnyMethod ? 'B' : 'A')}";
    }

    private static List<string>? Values(Route route, string[] segments, string path)
    {
        if (route.Path == "$default")
            return [];
        var pattern = Segments(route);
        if (IsDefault(route))
            return segments.Take(pattern.Length - 1).SequenceEqual(pattern.SkipLast(1)) ? [] : null;
        List<string> values = [];
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i].EndsWith("+}", StringComparison.Ordinal))
                return Greedy(route, segments, i, path) is { } rest ? [.. values, rest] : null;
            if (i >= segments.Length || segments[i].Length == 0)
                return null;
            if (pattern[i][0] == '{')
                values.Add(segments[i]);
            else if (pattern[i] != segments[i])
                return null;
        }

        return pattern.Length == segments.Length ? values : null;
    }

    private static string? Greedy(Route route, string[] segments, int taken, string path)
    {
        if (segments.Length == taken)
            return route.Kind == ApiKind.Http && path.EndsWith('/') ? "" : null;
        var start = segments.Take(taken).Sum(s => s.Length + 1) + 1;
        return path[start..];
    }

    private static bool IsDefault(Route route) => route.Path.EndsWith(Fallback, StringComparison.Ordinal);

    private static string[] Segments(Route route) => route.Path == "/" ? [] : route.Path[1..].Split('/');
}
