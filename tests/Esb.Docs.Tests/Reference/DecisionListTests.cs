using System.Globalization;
using System.Text;

namespace Esb.Docs.Tests.Reference;

internal sealed class DecisionListTests
{
    private const string Folder = "docs/decisions/";
    private const string List = Folder + "README.md";

    [Test]
    public async Task The_list_of_decisions_has_every_decision_with_its_title()
    {
        var table = new StringBuilder("| | |\n|---|---|\n");
        foreach (var page in Repository.Pages.Where(page => page.StartsWith(Folder, StringComparison.Ordinal)
            && page != List))
        {
            // "# 17. An event is handed to the next revision once"
            var parts = Repository.Read(page).Split('\n')[0]["# ".Length..].Split(". ", 2);
            table.Append(CultureInfo.InvariantCulture, $"| [{parts[0]}]({page[Folder.Length..]}) | {parts[1]} |\n");
        }

        await new WrittenPage(List, "decisions").IsAsync(table.ToString());
    }
}
