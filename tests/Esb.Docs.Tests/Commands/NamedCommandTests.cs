using System.Text.RegularExpressions;
using Esb.Docs.Tests.Pages;

namespace Esb.Docs.Tests.Commands;

/// <summary>
/// Commands that a sentence or a table mentions, such as <c>esb logs -f NAME</c>. They are not run, but must exist.
/// </summary>
internal sealed partial class NamedCommandTests
{
    [Test]
    public async Task Every_subcommand_and_option_of_esb_that_a_page_names_exists()
    {
        var known = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        List<string> unknown = [];
        foreach (var (page, text) in Named())
        {
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var command = words.ElementAtOrDefault(1) ?? "";
            if (!Word().IsMatch(command))
                continue;
            var options = await KnownAsync(command);
            var inner = words.ElementAtOrDefault(2) ?? "";
            if (Word().IsMatch(inner) && await KnownAsync($"{command} {inner}") is { Count: > 0 } own)
                (command, options) = ($"{command} {inner}", own);
            if (options.Count == 0)
                unknown.Add($"{page}: esb {command}");
            unknown.AddRange(words.Select(word => word.Split('=')[0])
                .Where(word => Option().IsMatch(word) && !options.Contains(word))
                .Select(word => $"{page}: esb {command} {word}"));
        }

        await Assert.That(known.Count).IsGreaterThan(8);
        await Assert.That(unknown.Distinct()).IsEmpty();

        async Task<HashSet<string>> KnownAsync(string name)
        {
            if (!known.TryGetValue(name, out var options))
                known[name] = options = await OptionsAsync(name);
            return options;
        }
    }

    [Test]
    public async Task Deploy_has_every_option_of_build_and_both_have_those_of_the_mission()
    {
        string[] mission =
        [
            "--template", "-t", "--env", "-e", "--mode", "-m", "--output", "-o", "--no-cache", "--verbose", "-v",
            "--parameter-overrides", "--config-dir", "--env-file", "--project", "--dry-run",
        ];
        var build = await OptionsAsync("build");
        var deploy = await OptionsAsync("deploy");

        await Assert.That(mission.Where(option => !build.Contains(option))).IsEmpty();
        await Assert.That(build.Where(option => !deploy.Contains(option))).IsEmpty();
    }

    // Code in sentences and tables, and the commands of blocks.
    private static IEnumerable<(string Page, string Text)> Named() =>
        from page in DocumentationPages.All
        from text in Code().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value)
            .Concat(DocumentationPages.Fences(page).SelectMany(PageCommand.Of)
                .Select(command => command.Text.Split('#')[0].Split('|')[0].Trim()))
        where text.StartsWith("esb ", StringComparison.Ordinal)
        select (page, text);

    private static async Task<HashSet<string>> OptionsAsync(string command)
    {
        var help = await Command.RunAsync(
            Binaries.Esb,
            [.. command.Split(' '), "--help"],
            Repository.Root,
            new Dictionary<string, string?> { ["NO_COLOR"] = "1" });
        // For an unknown command, the program prints its general help.
        return help.Output.Contains($"  esb {command} ", StringComparison.Ordinal)
            ? [.. OptionInHelp().Matches(help.Output).Select(match => match.Value)]
            : [];
    }

    [GeneratedRegex("(?<!`)`([^`\n]+)`(?!`)")]
    private static partial Regex Code();

    [GeneratedRegex("^[a-z][a-z-]*$")]
    private static partial Regex Word();

    [GeneratedRegex("^--?[a-z][a-z-]*$")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?<=[\s,])--?[a-z][a-z-]*")]
    private static partial Regex OptionInHelp();
}
