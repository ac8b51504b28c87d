using System.CommandLine;
using Esb.Cli.Commands;
using Esb.Cli.Commands.Packaging;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Commands;

internal sealed class ManualPageTests
{
    private static readonly ManualPage Page = new("2026-01-02", "1.2.3");

    [Test]
    public async Task Every_visible_command_has_a_page_with_all_its_options_and_the_page_of_esb_lists_it()
    {
        var root = CommandLine.Root(new Screen(TextWriter.Null, TextWriter.Null, ScreenTraits.Plain));
        var overview = Page.Text(root);
        foreach (var command in root.Subcommands)
        {
            var listed = overview.Contains(
                $"\\fB{ManualPage.Name(command).Replace("-", "\\-", StringComparison.Ordinal)}\\fR(1)",
                StringComparison.Ordinal);
            await Assert.That(listed).IsEqualTo(!command.Hidden);
            foreach (var option in command.Options.Where(option => !option.Hidden))
                await Assert.That(Page.Text(command))
                    .Contains($"\\fB{option.Name.Replace("-", "\\-", StringComparison.Ordinal)}\\fR");
        }
    }

    [Test]
    public async Task A_description_is_never_interpreted_as_a_roff_request()
    {
        var command = new Command("odd", ".SH back\\slash\n") { new Option<string>("--file")
        {
            Description = "'tis .a b … long enough to be broken over more than one line of the source, "
                + "which happens at a word .that is one",
        } };
        var page = Page.Text(command);
        await Assert.That(page).Contains("esb\\-odd \\- \\&.SH back\\eslash");
        await Assert.That(page).Contains("\\&'tis");
        await Assert.That(page).Contains("\\[u2026]");
        string[] requests = [".TH", ".SH", ".TP", ".BR"];
        await Assert.That(page.Split('\n')
            .Where(line => line.StartsWith('.') && !requests.Contains(line.Split(' ')[0]))).IsEmpty();
        await Assert.That(page.Split('\n').Skip(1).Any(line => line.Length > 80)).IsFalse();
    }
}
