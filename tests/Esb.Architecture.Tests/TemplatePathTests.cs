using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests;

/// <summary>The steps from a template to a served route, as docs/architecture.md lists them.</summary>
public sealed partial class TemplatePathTests
{
    private const int Most = 12;

    [Test]
    public async Task The_path_of_a_template_has_at_most_twelve_files_and_all_exist()
    {
        var page = Repository.Read("docs/architecture.md");
        var start = page.IndexOf("## One template", StringComparison.Ordinal);
        var section = page[start..page.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];

        var files = Step().Matches(section).Select(step => step.Groups[1].Value).ToList();

        await Assert.That(files.Count).IsBetween(5, Most);
        await Assert.That(files).HasDistinctItems();
        await Assert.That(files.Where(file => !Repository.Has(file))).IsEmpty();
        await Assert.That(Regex.Count(section, @"^\d+\. ", RegexOptions.Multiline)).IsEqualTo(files.Count);
    }

    [GeneratedRegex(@"^\d+\. `([^`]+\.cs)`", RegexOptions.Multiline)]
    private static partial Regex Step();
}
