namespace Esb.Schema.Routing;

/// <summary>
/// The rule for route patterns, which is API Gateway's: literal segments, <c>{name}</c>, and <c>{name+}</c> as the last
/// segment.
/// </summary>
public static class RoutePattern
{
    /// <summary>The pattern for requests that no other pattern matches.</summary>
    public const string Default = "$default";

    private const string Beneath = "/" + Default;

    /// <summary>
    /// The maximum number of segments. There is a limit because a search goes as deep as the deepest pattern.
    /// </summary>
    public const int MaxSegments = 64;

    /// <summary>The maximum number of parameters in a pattern.</summary>
    public const int MaxParameters = 16;

    /// <summary>
    /// Whether a pattern is for requests that no other pattern matches, among all paths or, as <c>/shop/$default</c>,
    /// among a base path and the paths beneath it. A pattern beneath a parameter does not qualify, because base paths
    /// are literal text.
    /// </summary>
    public static bool IsDefault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == Default || (path.TrimEnd('/') is { } pattern
            && pattern.Length > Beneath.Length
            && pattern.EndsWith(Beneath, StringComparison.Ordinal)
            && !pattern.Contains('{'));
    }

    /// <summary>The base path of such a pattern, <c>/shop</c>; empty for all paths.</summary>
    public static string DefaultBase(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == Default ? "" : path.TrimEnd('/')[..^Beneath.Length];
    }

    /// <summary>
    /// The pattern for requests beneath a base path that no other pattern matches; for all paths if the base path is
    /// empty.
    /// </summary>
    public static string DefaultOf(string? basePath) => string.IsNullOrEmpty(basePath) ? Default : basePath + Beneath;

    /// <summary>
    /// Why a template may not have a pattern: it is invalid, or no request reaches it. Null when it may.
    /// </summary>
    public static string? Refused(string path) => Problem(path) ?? UnreachablePath.Reason(path);

    /// <summary>What is wrong with a pattern; null when it is valid.</summary>
    public static string? Problem(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path is Default or "/")
            return null;
        if (!path.StartsWith('/'))
            return "it must start with '/'";
        if (path.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0 || path.Contains('\x7F'))
            return "it has a line break or another control character";
        var names = new HashSet<string>(StringComparer.Ordinal);
        // A trailing slash makes no difference.
        var segments = path[1..(path[^1] == '/' ? ^1 : ^0)].Split('/');
        // A pattern that no routing table can contain is an error for the file: if it were left out, a broader one
        // would take its requests.
        if (segments.Length > MaxSegments || segments.Count(s => s is ['{', ..]) > MaxParameters)
            return $"it has more than {MaxSegments} segments or {MaxParameters} parameters";
        for (var i = 0; i < segments.Length; i++)
        {
            if (SegmentProblem(segments[i], last: i == segments.Length - 1, names) is { } problem)
                return problem;
        }

        return null;
    }

    private static string? SegmentProblem(string segment, bool last, HashSet<string> names)
    {
        if (segment.Length == 0)
            return "it has an empty segment";
        if (!segment.Contains('{') && !segment.Contains('}'))
            return null;
        if (segment is not ['{', .., '}'] || segment.AsSpan(1, segment.Length - 2).IndexOfAny('{', '}') >= 0)
            return $"'{segment}' must be a parameter as a whole, like {{id}}";
        var name = segment[1..^1];
        if (name.EndsWith('+'))
        {
            if (!last)
                return $"'{segment}' must be the last segment";
            name = name[..^1];
        }

        if (name.Length == 0)
            return $"'{segment}' has no name";
        if (name.Contains('+'))
            return $"'{segment}' has a '+' in its name";
        return names.Add(name) ? null : $"the parameter '{name}' is in it twice";
    }
}
