using System.Text.RegularExpressions;

namespace Esb.Architecture.Tests;

public sealed partial class PageTests
{
    [Test]
    public async Task Every_relative_link_of_a_page_has_a_target_that_exists()
    {
        var broken = from page in Repository.Pages
                     from Match link in Link().Matches(Repository.Read(page))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0
                         && !target.Contains("://", StringComparison.Ordinal)
                         && !target.StartsWith("mailto:", StringComparison.Ordinal)
                     where !Repository.Has(Path.Combine(Path.GetDirectoryName(page)!, target))
                     select $"{page} → {target}";

        await Assert.That(broken).IsEmpty();
    }

    [Test]
    public async Task Every_anchor_of_a_link_is_a_heading_of_the_linked_page()
    {
        var links = from page in Repository.Pages
                    from Match link in Link().Matches(WithoutBlocks(page))
                    let parts = link.Groups[1].Value.Split('#')
                    where parts.Length == 2 && !parts[0].Contains("://", StringComparison.Ordinal)
                    let target = parts[0].Length == 0 ? page : Target(page, parts[0])
                    select (page, target, anchor: parts[1]);
        var broken = links.Where(link => Repository.Has(link.target) && !Anchors(link.target).Contains(link.anchor))
            .Select(link => $"{link.page} → {link.target}#{link.anchor}");

        await Assert.That(links.Count()).IsGreaterThan(5);
        await Assert.That(broken).IsEmpty();
    }

    [Test]
    public async Task Every_page_of_the_documentation_is_in_its_index()
    {
        var index = Link().Matches(Repository.Read("docs/README.md")).Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        var pages = Repository.Pages.Where(page => page.StartsWith("docs/", StringComparison.Ordinal)
            && !page.StartsWith("docs/decisions/", StringComparison.Ordinal)
            && page != "docs/README.md");

        await Assert.That(pages.Where(page => !index.Contains(page["docs/".Length..]))).IsEmpty();
    }

    [Test]
    public async Task The_Japanese_page_has_the_same_commands_links_and_figures_as_the_English_one()
    {
        var english = Repository.Read("README.md");
        var japanese = Repository.Read("README.ja.md");

        await Assert.That(Links(japanese)).IsEquivalentTo(Links(english));
        await Assert.That(Figures(japanese)).IsEquivalentTo(Figures(english));
        await Assert.That(japanese.Split('\n').Count(line => line.StartsWith('|')))
            .IsEqualTo(english.Split('\n').Count(line => line.StartsWith('|')));
    }

    [Test]
    public async Task Every_path_of_the_repository_that_a_page_names_exists()
    {
        var missing = from page in Repository.Pages
                      from Match path in TreePath().Matches(Repository.Read(page))
                      let named = path.Groups[1].Value.TrimEnd('/')
                      where !Repository.Has(named)
                      select $"{page}: {named}";

        await Assert.That(missing.Distinct()).IsEmpty();
    }

    [Test]
    public async Task Every_type_that_the_architecture_page_names_is_a_file()
    {
        var names = TypeOfAFolder().Matches(Repository.Read("docs/architecture.md"))
            .Select(match => match.Groups[1].Value)
            .ToArray();
        var missing = names.Where(
            name => !Repository.Sources.Any(file => file.EndsWith($"/{name}.cs", StringComparison.Ordinal)));

        await Assert.That(names.Length).IsGreaterThan(5);
        await Assert.That(missing).IsEmpty();
    }

    [Test]
    public async Task No_page_has_a_placeholder_that_was_not_filled_in()
    {
        var left = Repository.Pages.Where(page => Placeholder().IsMatch(Repository.Read(page)));

        await Assert.That(left).IsEmpty();
    }

    private static string Target(string page, string link) => Path.GetRelativePath(
        Repository.Root, Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link));

    private static string WithoutBlocks(string page) => Block().Replace(Repository.Read(page), "");

    // As GitHub makes them: lower case, no punctuation, hyphens for spaces, and a number if the same anchor exists
    // already.
    private static HashSet<string> Anchors(string page) =>
    [
        .. Heading().Matches(WithoutBlocks(page))
            .Select(match => match.Groups[1].Value.Trim().ToLowerInvariant())
            .Select(heading => Punctuation().Replace(heading, "").Replace(' ', '-'))
            .GroupBy(anchor => anchor)
            .SelectMany(same => same.Select((anchor, at) => at == 0 ? anchor : $"{anchor}-{at}")),
    ];

    private static IEnumerable<string> Links(string page) => Link().Matches(page)
        .Select(match => match.Groups[1].Value)
        .Where(link => !link.StartsWith("README", StringComparison.Ordinal))
        .Distinct();

    // The figures in the tables of results must be the same in both languages.
    private static IEnumerable<string> Figures(string page) =>
        Figure().Matches(page).Select(match => match.Value).Distinct();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"\d[\d,.]*\d (?=ns|ms|µs|MB)|\d{4}-\d\d-\d\d")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    // `src/…` between backticks, without wildcards, variables and files that only a build makes.
    [GeneratedRegex(@"`((?:src|docs|tests|scripts|examples|schemas|benchmarks)/[\w./-]+)`")]
    private static partial Regex TreePath();

    // `Folder/Type`: both begin with a capital letter.
    [GeneratedRegex(@"`([A-Z]\w+/[A-Z]\w+)(?:\.\w+)?`")]
    private static partial Regex TypeOfAFolder();

    [GeneratedRegex("@[A-Z]{4,}@")]
    private static partial Regex Placeholder();
}
