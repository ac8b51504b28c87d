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
    public async Task Every_command_that_is_not_run_here_is_run_by_somebody_who_is_named()
    {
        var nobody = Marked.Where(command => !Elsewhere.All.Any(row => Covers(row, command)))
            .Select(command => $"{command} ({command.Marker})");

        await Assert.That(Marked.Length).IsGreaterThan(10);
        await Assert.That(nobody).IsEmpty();
    }

    [Test]
    public async Task Everybody_who_is_named_is_there_and_does_it()
    {
        var gone = Elsewhere.All.Where(row => row.Holder.Length == 0
            ? row.Text.Length < 20
            : !Repository.Has(row.Holder) || !Repository.Read(row.Holder).Contains(row.Text, StringComparison.Ordinal))
            .Select(row => $"{row.Command}: {row.Holder} has no {row.Text}");

        await Assert.That(gone).IsEmpty();
    }

    [Test]
    public async Task Nobody_is_named_for_a_command_that_no_page_has()
    {
        var spare = Elsewhere.All.Where(row => !Marked.Any(command => Covers(row, command)))
            .Select(row => $"{row.Marker}: {row.Command}");

        await Assert.That(spare).IsEmpty();
    }

    [Test]
    public async Task A_block_has_no_marker_but_the_known_ones()
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
