namespace Esb.Architecture.Tests;

/// <summary>Finds where a source file creates regular expressions.</summary>
internal static class Patterns
{
    private static readonly string[] Makers =
    [
        "GeneratedRegex(", "new Regex(", " new(", "Regex.IsMatch(", "Regex.Match(", "Regex.Matches(", "Regex.Replace(",
        "Regex.Split(", "Regex.Count(", "Regex.EnumerateMatches(",
    ];

    /// <summary>
    /// The text of each statement or element, from the call that creates the expression to its end. An object that
    /// <c>new(</c> creates from a string counts as one.
    /// </summary>
    public static IEnumerable<string> In(string source)
    {
        foreach (var maker in Makers)
        {
            var next = 0;
            while (source.IndexOf(maker, next, StringComparison.Ordinal) is >= 0 and var at)
            {
                next = at + 1;
                var end = EndOf(source, at);
                if (maker != " new(" || source[(at + maker.Length)..].TrimStart() is ['"' or '@' or '$', ..])
                    yield return source[at..end];
            }
        }
    }

    // Patterns contain parentheses, so that the end is that of the line, or of the last line of an argument list.
    private static int EndOf(string source, int from)
    {
        var line = source.IndexOf('\n', from);
        while (line >= 0
            && source[..line].TrimEnd() is [.., '(' or ',']
            && !source[from..line].TrimEnd().EndsWith("),", StringComparison.Ordinal))
            line = source.IndexOf('\n', line + 1);
        return line < 0 ? source.Length : line;
    }
}
