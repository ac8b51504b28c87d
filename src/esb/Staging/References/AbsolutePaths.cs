using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Staging.References;

/// <summary>
/// Finds absolute paths in a text in any language: a POM, an MSBuild project, a build script, <c>go.mod</c>,
/// <c>pyproject.toml</c>. Paths in URLs, comments and closing tags do not count.
/// </summary>
internal static class AbsolutePaths
{
    // Programs and libraries of the machine, which a build may use like its compiler.
    private static readonly string[] OfTheMachine =
    [
        "/bin", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/nix", "/opt", "/proc", "/run", "/sbin", "/snap", "/sys",
        "/usr",
    ];

    /// <summary>The paths, each with its line.</summary>
    public static IEnumerable<(int Line, string Path)> Of(string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.TrimStart() is ['#', ..] or ['/', '/', ..] or ['/', '*', ..] or ['*', ..])
                continue; // A comment.
            for (var at = line.IndexOf('/', StringComparison.Ordinal); at >= 0; at = Next(line, at))
            {
                if (PathAt(line, at) is { Length: > 1 } path)
                    yield return (number, path);
            }
        }
    }

    /// <summary>Whether a path belongs to the operating system rather than to a project.</summary>
    public static bool IsOfTheMachine(string path) => path == "/"
        || Array.Exists(OfTheMachine, top => path == top || path.StartsWith(top + "/", StringComparison.Ordinal));

    private static int Next(string line, int at)
    {
        while (at < line.Length && IsPart(line[at]))
            at++;
        return at < line.Length ? line.IndexOf('/', at) : -1;
    }

    private static string? PathAt(string line, int at)
    {
        var isUrl = at >= 5 && FileUrl.Is(line[(at - 5)..]);
        var before = at == 0 ? ' ' : line[at - 1];
        if (!isUrl && (at + 1 < line.Length && line[at + 1] == '/'))
            return null;
        if (!isUrl && !char.IsWhiteSpace(before) && !"\"'`=([,:;>".Contains(before, StringComparison.Ordinal))
            return null;
        var end = at;
        if (before is '"' or '\'' or '`' or '>')
        {
            var close = line.IndexOf(before == '>' ? '<' : before, at);
            end = close < 0 ? line.TrimEnd().Length : close;
        }
        else
        {
            while (end < line.Length && IsPart(line[end]))
                end++;
        }

        return isUrl ? FileUrl.PathOf("file:" + line[at..end]) : line[at..end].Replace('\\', '/').TrimEnd();
    }

    private static bool IsPart(char c) =>
        char.IsLetterOrDigit(c) || c is '.' or '/' or '\\' or '-' or '_' or '+' or '@' or '~' or '%';
}
