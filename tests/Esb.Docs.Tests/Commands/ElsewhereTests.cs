using Esb.Docs.Tests.Pages;

namespace Esb.Docs.Tests.Commands;

internal sealed class ElsewhereTests
{
    private static readonly PageCommand[] Marked =
    [
        .. DocumentationPages.All.SelectMany(DocumentationPages.Fences).SelectMany(PageCommand.Of)
            .Where(c => c.Marker.Length > 0),
    ];

    [Test]
    public async Task Every_command_that_these_tests_do_not_run_has_a_row_that_names_what_runs_it()
    {
        var nobody = Marked.Where(command => !Elsewhere.All.Any(row => Covers(row, command)))
            .Select(command => $"{command} ({command.Marker})");

        await Assert.That(Marked.Length).IsGreaterThan(10);
        await Assert.That(nobody).IsEmpty();
    }

    [Test]
    public async Task Every_file_that_a_row_names_exists_and_runs_the_command()
    {
        var gone = Elsewhere.All.Where(row => row.Holder.Length == 0
            ? row.Text.Length < 20
            : !Repository.Has(row.Holder) || !Repository.Read(row.Holder).Contains(row.Text, StringComparison.Ordinal))
            .Select(row => $"{row.Command}: {row.Holder} has no {row.Text}");

        await Assert.That(gone).IsEmpty();
    }

    [Test]
    public async Task No_row_is_about_a_command_that_no_page_has()
    {
        var spare = Elsewhere.All.Where(row => !Marked.Any(command => Covers(row, command)))
            .Select(row => $"{row.Marker}: {row.Command}");

        await Assert.That(spare).IsEmpty();
    }

    [Test]
    public async Task A_block_has_only_known_markers()
    {
        var unknown = from page in DocumentationPages.All
                      from fence in DocumentationPages.Fences(page)
                      where fence.Marker.Length > 0 && !Elsewhere.Markers.Contains(fence.Marker)
                      select $"{page}:{fence.Line}: {fence.Marker}";

        await Assert.That(unknown).IsEmpty();
    }

    private static bool Covers(Elsewhere row, PageCommand command) =>
        row.Marker == command.Marker && command.Text.StartsWith(row.Command, StringComparison.Ordinal);
}
