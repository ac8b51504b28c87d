using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests;

/// <summary>The way of a template to a served route, as docs/architecture.md follows it.</summary>
public sealed partial class TemplatePathTests
{
    private const int Most = 12;

    [Test]
    public async Task A_template_is_followed_in_twelve_files_at_most_and_each_of_them_is_there()
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
