namespace Esb.Cli.Staging.References;

/// <summary>
/// Paths that lead upward in a text whose language does not matter: a makefile, a project of MSBuild,
/// <c>package.json</c>, <c>go.mod</c>.
/// </summary>
internal static class PathTokens
{
    /// <summary>Each with the line that it stands on, and with '/' between its steps.</summary>
    /// <param name="text">Of a manifest.</param>
    /// <param name="alsoBelow">Also those that begin with <c>./</c>.</param>
    public static IEnumerable<(int Line, string Path)> Of(string text, bool alsoBelow = false)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            for (var start = 0; start < line.Length; start++)
            {
                var end = start;
                while (end < line.Length && IsPart(line[end]))
                    end++;
                // Behind a variable such as $(CURDIR) a path goes on with its slash.
                var path = line[start..end].Replace('\\', '/').TrimStart('/').TrimEnd('/');
                if (path.Split('/').Contains("..") || (alsoBelow && path.StartsWith("./", StringComparison.Ordinal)))
                    yield return (number, path);
                start = end;
            }
        }
    }

    private static bool IsPart(char c) =>
        char.IsLetterOrDigit(c) || c is '.' or '/' or '\\' or '-' or '_' or '+' or '@' or '~';
}
