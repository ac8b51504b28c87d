namespace Esb.Docs.Tests.Pages;

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The number of its first line of content, from 1.</param>
/// <param name="Language">The first word after the opening fence; empty if it has none.</param>
/// <param name="Marker">
/// The second word: where its commands are tested instead; empty if these tests run them.
/// </param>
/// <param name="Lines">Its content.</param>
internal sealed record Fence(string Page, int Line, string Language, string Marker, IReadOnlyList<string> Lines)
{
    private const string Mark = "```";

    /// <summary>All blocks of a page, in order.</summary>
    public static IEnumerable<Fence> Of(string page, string text)
    {
        var lines = text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            if (!lines[at].StartsWith(Mark, StringComparison.Ordinal))
                continue;
            var words = lines[at][Mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var end = Array.FindIndex(lines, at + 1, line => line.StartsWith(Mark, StringComparison.Ordinal));
            if (end < 0)
                end = lines.Length;
            yield return new Fence(
                page,
                at + 2,
                words.ElementAtOrDefault(0) ?? "",
                words.ElementAtOrDefault(1) ?? "",
                lines[(at + 1)..end]);
            at = end;
        }
    }
}
