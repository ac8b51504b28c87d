using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests;

/// <summary>The tests of this repository, the promises of the pages, and which tests show which promise.</summary>
internal static partial class TestsThatPagesName
{
    /// <summary>The page that names the tests of every promise.</summary>
    public const string Appendix = "docs/tests-of-promises.md";

    /// <summary>All of them, as <c>Class.Method</c>.</summary>
    public static HashSet<string> InTheTree { get; } = [.. In(_ => true)];

    /// <summary>
    /// The rows of <see cref="Appendix"/>: an id, and the tests or files that show the promise with that id.
    /// </summary>
    public static (string Id, string[] Holders)[] Held { get; } =
        [.. Rows(Appendix).Select(row => (row[0], Code(row[1]).ToArray()))];

    /// <summary>The tests or files that show a promise. Empty if the appendix does not have its id.</summary>
    public static string[] HoldersOf(string id) =>
        [.. Held.Where(row => row.Id == id).SelectMany(row => row.Holders)];

    /// <summary>The tests in the files for which a condition is true.</summary>
    public static IEnumerable<string> In(Func<string, bool> isMeant) =>
        from file in Repository.Sources
        where file.StartsWith("tests/", StringComparison.Ordinal) && isMeant(file)
        from Match method in Method().Matches(Repository.Read(file))
        select $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups[1].Value}";

    /// <summary>The rows of a page whose first cell is the id of a promise.</summary>
    public static IEnumerable<string[]> Promises(string page) => Rows(page).Where(row => IsId(row[0]));

    /// <summary>Whether a cell is the id of a promise: a letter and a number.</summary>
    public static bool IsId(string cell) => Id().IsMatch(cell);

    /// <summary>The cells of the rows of a page's tables, without headings.</summary>
    public static IEnumerable<string[]> Rows(string page)
    {
        var lines = Repository.Read(page).Split('\n');
        return from at in Enumerable.Range(0, lines.Length)
               where lines[at].StartsWith('|')
                   && !lines[at].StartsWith("|---", StringComparison.Ordinal)
                   && !(at + 1 < lines.Length && lines[at + 1].StartsWith("|---", StringComparison.Ordinal))
               select lines[at].Trim().Split('|', StringSplitOptions.TrimEntries)[1..^1];
    }

    /// <summary>The texts between backticks.</summary>
    public static IEnumerable<string> Code(string cell) => Span().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>Whether a test exists, or a file of the repository, whose name may be followed by arguments.</summary>
    public static bool Exists(string holder) => InTheTree.Contains(holder) || Repository.Has(holder.Split(' ')[0]);

    [GeneratedRegex(@"^[A-Z]\d+$")]
    private static partial Regex Id();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    [GeneratedRegex(@"^    public (?:async )?(?:Task|void) (\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Method();
}
