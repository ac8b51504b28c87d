namespace Esb.Schema.Routing;

/// <summary>The rule for route patterns, API Gateway's: literal segments, <c>{name}</c>, and <c>{name+}</c> as the last one.</summary>
public static class RoutePattern
{
    /// <summary>The pattern that takes what no other one does.</summary>
    public const string Default = "$default";

    private const string Beneath = "/" + Default;

    /// <summary>A search goes as deep as the deepest pattern; nobody writes one of more segments by hand.</summary>
    public const int MaxSegments = 64;

    /// <summary>The most parameters in one pattern.</summary>
    public const int MaxParameters = 16;

    /// <summary>
    /// Whether a pattern takes what no other one does, of all paths or, as <c>/shop/$default</c>, of one and those beneath it. What is beneath a parameter is no such
    /// pattern: base paths are texts.
    /// </summary>
    public static bool IsDefault(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == Default || (path.TrimEnd('/') is { } pattern && pattern.Length > Beneath.Length && pattern.EndsWith(Beneath, StringComparison.Ordinal) && !pattern.Contains('{'));
    }

    /// <summary>The beginning of what such a pattern takes, <c>/shop</c>; empty for one of all paths.</summary>
    public static string DefaultBase(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path == Default ? "" : path.TrimEnd('/')[..^Beneath.Length];
    }

    /// <summary>The pattern that takes what no other one does beneath a beginning; of all paths where that is empty.</summary>
    public static string DefaultOf(string? basePath) => string.IsNullOrEmpty(basePath) ? Default : basePath + Beneath;

    /// <summary>Why a template may not have a pattern: what is wrong with it, or that no request reaches it. Null when it may.</summary>
    public static string? Refused(string path) => Problem(path) ?? UnreachablePath.Reason(path);

    /// <summary>Says what is wrong with a pattern, or null when it is right.</summary>
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
        // One slash at the end is the same route as none.
        var segments = path[1..(path[^1] == '/' ? ^1 : ^0)].Split('/');
        // One that no table can hold is refused with its file: left out, it would leave its requests to a broader one.
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
        return names.Add(name) ? null : $"the parameter '{name}' stands in it twice";
    }
}
