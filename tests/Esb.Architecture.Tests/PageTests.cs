using System.Text.RegularExpressions;
using Esb.Testing;

namespace Esb.Architecture.Tests;

public sealed partial class PageTests
{
    [Test]
    public async Task Every_relative_link_of_a_page_leads_to_a_file()
    {
        var broken = from page in Repository.Pages
                     from Match link in Link().Matches(Repository.Read(page))
                     let target = link.Groups[1].Value.Split('#')[0]
                     where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                     where !Repository.Has(Path.Combine(Path.GetDirectoryName(page)!, target))
                     select $"{page} → {target}";

        await Assert.That(broken).IsEmpty();
    }

    [Test]
    public async Task Every_path_that_a_page_names_in_the_tree_is_there()
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
        var names = TypeOfAFolder().Matches(Repository.Read("docs/architecture.md")).Select(match => match.Groups[1].Value).ToArray();
        var missing = names.Where(name => !Repository.Sources.Any(file => file.EndsWith($"/{name}.cs", StringComparison.Ordinal)));

        await Assert.That(names.Length).IsGreaterThan(5);
        await Assert.That(missing).IsEmpty();
    }

    [Test]
    public async Task No_page_holds_a_placeholder_that_was_to_be_filled_in()
    {
        var left = Repository.Pages.Where(page => Placeholder().IsMatch(Repository.Read(page)));

        await Assert.That(left).IsEmpty();
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    // `src/…` in code marks, without wildcards, variables and what only a build makes.
    [GeneratedRegex(@"`((?:src|docs|tests|scripts|examples|schemas|benchmarks)/[\w./-]+)`")]
    private static partial Regex TreePath();

    // `Folder/Type`: both in capitals.
    [GeneratedRegex(@"`([A-Z]\w+/[A-Z]\w+)(?:\.\w+)?`")]
    private static partial Regex TypeOfAFolder();

    [GeneratedRegex("@[A-Z]{4,}@")]
    private static partial Regex Placeholder();
}
