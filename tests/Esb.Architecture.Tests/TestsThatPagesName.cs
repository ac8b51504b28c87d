using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests;

/// <summary>The tests of this tree, and what the tables of a page name of them.</summary>
internal static partial class TestsThatPagesName
{
    /// <summary>All of them, as <c>Class.Method</c>.</summary>
    public static HashSet<string> InTheTree { get; } =
    [
        .. from file in Repository.Sources
           where file.StartsWith("tests/", StringComparison.Ordinal)
           from Match method in Method().Matches(Repository.Read(file))
           select $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups[1].Value}",
    ];

    /// <summary>The cells of a page's tables, without their headings.</summary>
    public static IEnumerable<string[]> Rows(string page)
    {
        var lines = Repository.Read(page).Split('\n');
        return from at in Enumerable.Range(0, lines.Length)
               where lines[at].StartsWith('|')
                   && !lines[at].StartsWith("|---", StringComparison.Ordinal)
                   && !(at + 1 < lines.Length && lines[at + 1].StartsWith("|---", StringComparison.Ordinal))
               select lines[at].Trim().Split('|', StringSplitOptions.TrimEntries)[1..^1];
    }

    /// <summary>What stands in code marks.</summary>
    public static IEnumerable<string> Code(string cell) => Span().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>Whether it is a test, or a file of the tree with what follows it as an argument.</summary>
    public static bool Exists(string holder) => InTheTree.Contains(holder) || Repository.Has(holder.Split(' ')[0]);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^    public (?:async )?(?:Task|void) (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();
}
