using System.Text.Json.Nodes;
using Esb.Testing;

namespace Esb.Docs.Tests.Reference;

internal sealed class JsonOutputPageTests
{
    private const string Page = "docs/json-output.md";
    private const string Folder = "schemas/output/";

    [Test]
    public async Task The_page_has_a_section_for_each_schema_of_an_output()
    {
        var sections = Repository.Files.Where(file => file.StartsWith(Folder, StringComparison.Ordinal))
            .OrderBy(Title, StringComparer.Ordinal)
            .Select(file => OutputTable.Of(file, Repository.Read(file)));

        await new WrittenPage(Page, "documents").IsAsync(string.Concat(sections) + "\n");
    }

    private static string Title(string file) => (string)JsonNode.Parse(Repository.Read(file))!["title"]!;
}
