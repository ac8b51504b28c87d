using System.Runtime.CompilerServices;
using System.Text;
using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Receipts;

/// <summary>
/// <c>docs/template-support.md</c> agrees with the table in the code. With ESB_WRITE_DOCS=1 the test writes the table
/// into the page instead of comparing it.
/// </summary>
internal sealed class DocumentationTests
{
    private const string Begin = "<!-- properties: written by DocumentationTests, ESB_WRITE_DOCS=1 -->\n";
    private const string End = "<!-- end of properties -->\n";

    [Test]
    public async Task The_page_about_template_support_lists_every_property_as_the_code_does()
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/template-support.md");
        var page = await File.ReadAllTextAsync(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        var wanted = Table();
        if (Environment.GetEnvironmentVariable("ESB_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, page[..from] + wanted + page[to..]);
        else
            await Assert.That(page[from..to]).IsEqualTo(wanted);
    }

    private static string Table()
    {
        var text = new StringBuilder();
        foreach (var type in KnownProperties.Types.Order(StringComparer.Ordinal))
        {
            var known = KnownProperties.For(type)!;
            text.Append("\n### `").Append(type).Append("`\n\n| outcome | properties |\n|---|---|\n");
            foreach (var group in known.Names.GroupBy(n => known[n]!).OrderBy(g => g.Key.Outcome)
                .ThenBy(g => g.Key.Reason, StringComparer.Ordinal))
                text.Append("| ").Append(Fate(group.Key)).Append(" | ").Append(Names(group)).Append(" |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Fate(PropertyFate fate) => fate.Outcome switch
    {
        Outcome.Applied => "applied",
        Outcome.Approximated => $"approximated: {fate.Reason}",
        _ => $"ignored: {fate.Reason}",
    };

    private static string Names(IEnumerable<string> names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Select(n => $"`{n}`"));

    private static string Here([CallerFilePath] string file = "") => file;
}
