using System.Text.RegularExpressions;

namespace Esb.Docs.Tests.Reference;

internal sealed partial class TroubleshootingPageTests
{
    private const string Page = "docs/troubleshooting.md";
    private const string Anything = "…";

    // The texts of the program as they are printed; inserted values stand for any text.
    private static readonly string[] Sources =
    [
        .. Repository.Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal))
            .Select(file => BrokenText().Replace(Repository.Read(file), "")
                .Replace("\\\"", "\"", StringComparison.Ordinal)
                .Replace("{{", "{", StringComparison.Ordinal)
                .Replace("}}", "}", StringComparison.Ordinal)),
    ];

    [Test]
    public async Task Every_code_of_the_catalogue_has_one_heading_and_no_other_code_has_one()
    {
        var catalogue = Code().Matches(Repository.Read("src/Esb.Schema/Diagnostics/DiagnosticCodes.cs")).Select(
            match => match.Groups[1].Value).ToArray();
        var headings = Heading().Matches(Repository.Read(Page)).Select(match => match.Groups[1].Value);

        await Assert.That(catalogue.Length).IsGreaterThan(10);
        await Assert.That(headings).IsEquivalentTo(catalogue);
    }

    [Test]
    public async Task Every_message_on_the_page_is_one_that_the_program_prints()
    {
        var messages = Messages().ToArray();

        await Assert.That(messages.Length).IsGreaterThan(100);
        await Assert.That(messages.Where(message => !IsSaid(message))).IsEmpty();
    }

    [Test]
    public async Task Every_message_has_its_cause_next_to_it()
    {
        var poor = Rows().Where(cells => cells.Length != 3 || cells[1].Length == 0).Select(cells => cells[0]);

        await Assert.That(poor).IsEmpty();
    }

    // Whether one file has all parts, in order.
    private static bool IsSaid(string message)
    {
        var parts = message.Split(Anything).Where(part => part.Trim().Length > 0).ToArray();
        return parts.Length > 0
            && Sources.Any(source => parts.Aggregate(0, (at, part) => at < 0 ? at : Next(source, part, at)) >= 0);
    }

    private static int Next(string source, string part, int from) =>
        source.IndexOf(part, from, StringComparison.Ordinal) is >= 0 and var found ? found + part.Length : -1;

    private static IEnumerable<string> Messages() =>
        from cells in Rows()
        from Match match in Span().Matches(cells[0])
        select match.Groups[1].Value;

    private static IEnumerable<string[]> Rows() =>
        from line in Repository.Read(Page).Split('\n')
        where line.StartsWith("| ", StringComparison.Ordinal)
        let cells = line.Split('|', StringSplitOptions.TrimEntries)[1..^1]
        where cells.Length != 2 && cells[0] is not ("message" or "answer")
        select cells;

    // A text that continues on the next line.
    [GeneratedRegex(@"""\s*\n\s*\+ \$?""")]
    private static partial Regex BrokenText();

    [GeneratedRegex("\"(ESB\\d+)\"")]
    private static partial Regex Code();

    [GeneratedRegex(@"^## (ESB\d+): ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();
}
