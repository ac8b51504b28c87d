using Esb.Docs.Tests.Pages;

namespace Esb.Docs.Tests.Commands;

internal sealed class CommandTests
{
    public static IEnumerable<string> PagesWithCommands() =>
        DocumentationPages.All.Where(page => Here(page).Length > 0);

    [Test]
    [MethodDataSource(nameof(PagesWithCommands))]
    [ParallelLimiter<TwoPages>]
    public async Task Every_command_on_a_page_does_what_the_page_says(string page)
    {
        await using var run = new PageRun();

        string[] wrong = [.. await run.FollowAsync(Here(page)), .. await run.EndAsync()];

        await Assert.That(wrong).IsEmpty().Because(string.Join('\n', wrong));
    }

    [Test]
    public async Task The_pages_that_people_read_first_have_commands_that_these_tests_run()
    {
        await Assert.That(PagesWithCommands()).Contains("README.md").And.Contains("README.ja.md").And.Contains(
            "docs/quick-start.md").And.Contains("docs/deploying.md");
    }

    [Test]
    public async Task A_block_with_a_prompt_is_marked_as_console()
    {
        var unsaid = from page in DocumentationPages.All
                     from fence in DocumentationPages.Fences(page)
                     where fence.Language != "console"
                         && fence.Lines.Any(line => line.StartsWith("$ ", StringComparison.Ordinal))
                     select $"{page}:{fence.Line}";

        await Assert.That(unsaid).IsEmpty();
    }

    [Test]
    public async Task A_block_of_commands_is_marked_as_sh_or_console_and_nothing_else()
    {
        string[] others = ["bash", "shell", "zsh", "shell-session", "terminal"];
        var named = from page in DocumentationPages.All
                    from fence in DocumentationPages.Fences(page)
                    where others.Contains(fence.Language)
                    select $"{page}:{fence.Line}: {fence.Language}";

        await Assert.That(named).IsEmpty();
    }

    private static PageCommand[] Here(string page) =>
        [.. DocumentationPages.Fences(page).SelectMany(PageCommand.Of).Where(command => command.Marker.Length == 0)];
}
