using System.Text.Json.Nodes;

namespace Esb.Docs.Tests.Reference;

internal sealed class FilesPageTests
{
    private const string Page = "docs/files.md";

    [Test]
    [Arguments("functions")]
    [Arguments("routing")]
    [Arguments("resources")]
    [NotInParallel(Page)]
    public async Task The_reference_of_a_file_matches_its_schema(string file) =>
        await new WrittenPage(Page, $"{file}.yml").IsAsync(SchemaTable.Of(Schema(file)));

    [Test]
    [Arguments("functions")]
    [Arguments("routing")]
    [Arguments("resources")]
    public async Task Every_key_that_a_schema_describes_has_a_row(string file)
    {
        var table = SchemaTable.Of(Schema(file));
        var missing = Keys(JsonNode.Parse(Schema(file))!).Distinct()
            .Where(key => !table.Contains($"`{key}`", StringComparison.Ordinal)
                && !table.Contains($".{key}`", StringComparison.Ordinal));

        await Assert.That(missing).IsEmpty();
    }

    private static string Schema(string file) => Repository.Read($"schemas/{file}.schema.json");

    private static IEnumerable<string> Keys(JsonNode node) => node switch
    {
        JsonObject item => (item["properties"] as JsonObject ?? []).Select(p => p.Key)
            .Concat(item.Where(p => p.Value is not null).SelectMany(p => Keys(p.Value!))),
        JsonArray list => list.Where(item => item is not null).SelectMany(item => Keys(item!)),
        _ => [],
    };
}
