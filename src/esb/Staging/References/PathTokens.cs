namespace Esb.Cli.Staging.References;

/// <summary>
/// Finds paths that lead upward in a text in any language: a makefile, an MSBuild project, <c>go.mod</c>.
/// </summary>
internal static class PathTokens
{
    /// <summary>The paths, each with its line, and with '/' between its steps.</summary>
    /// <param name="text">The text of a manifest.</param>
    /// <param name="alsoBelow">Whether to find paths that begin with <c>./</c>, too.</param>
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
                // After a variable such as $(CURDIR), the path continues with a slash.
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
