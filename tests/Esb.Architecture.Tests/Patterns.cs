namespace Esb.Architecture.Tests;

/// <summary>Where a source file that uses regular expressions makes one.</summary>
internal static class Patterns
{
    private static readonly string[] Makers =
    [
        "GeneratedRegex(", "new Regex(", " new(", "Regex.IsMatch(", "Regex.Match(", "Regex.Matches(", "Regex.Replace(",
        "Regex.Split(", "Regex.Count(", "Regex.EnumerateMatches(",
    ];

    /// <summary>
    /// The text of each statement or element, from the maker to its end. What is made of a string by <c>new(</c> counts
    /// as one.
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

    // Patterns hold parentheses of their own: the end is that of the line, or of the last line of an argument list.
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
