using System.Text.RegularExpressions;

namespace Esb.Docs.Tests.Language;

/// <summary>The pages that must be in plain English, and their text without what programs print.</summary>
internal static partial class PlainPages
{
    /// <summary>The pages that are checked, from the root of the repository.</summary>
    public static string[] All { get; } =
    [
        .. Repository.Pages.Where(IsEnglish),
    ];

    /// <summary>
    /// The lines of a page, numbered from 1; code blocks, generated parts and code in sentences are left out.
    /// </summary>
    public static IEnumerable<(int Number, string Text)> Prose(string page)
    {
        var isHidden = false;
        foreach (var (number, line) in Repository.Read(page).Split('\n').Index())
        {
            var isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (isFence)
                isHidden = !isHidden;
            if (line.StartsWith("<!--", StringComparison.Ordinal)
                && line.Contains("written by a test", StringComparison.Ordinal))
                isHidden = true;
            if (line.StartsWith("<!-- end of ", StringComparison.Ordinal))
                isHidden = false;
            if (!isHidden && !isFence)
                yield return (number + 1, Code().Replace(line, "``"));
        }
    }

    private static bool IsEnglish(string page) =>
        page is "README.md" or "CHANGELOG.md" or "CONTRIBUTING.md" or "SECURITY.md" or "examples/README.md"
            || page.StartsWith("docs/", StringComparison.Ordinal);

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();
}
