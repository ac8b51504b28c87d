using System.Text;

namespace Esb.Stores.Tests.Sdks;

/// <summary>
/// <c>docs/sdks.md</c> agrees with what the methods met. With ESB_WRITE_DOCS=1 the tables are written into the page
/// instead.
/// </summary>
internal static class SdkPage
{
    private const string Begin = "<!-- methods: written by MethodTests, ESB_WRITE_DOCS=1 -->\n";
    private const string End = "<!-- end of methods -->\n";

    // The APIs; the other groups are libraries.
    private static readonly string[] Apis = ["DynamoDB", "DynamoDB Streams", "S3"];

    public static async Task IsUpToDateAsync()
    {
        var path = Path.Combine(Repository.Root, "docs/sdks.md");
        var page = await File.ReadAllTextAsync(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        var wanted = await TablesAsync();
        if (Environment.GetEnvironmentVariable("ESB_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(path, page[..from] + wanted + page[to..]);
        else
            await Assert.That(page[from..to]).IsEqualTo(wanted);
    }

    private static async Task<string> TablesAsync()
    {
        var rows = new List<(Sdk Sdk, SdkRow Row)>();
        foreach (var sdk in Sdk.All)
            rows.AddRange((await sdk.RowsAsync()).Select(row => (sdk, row)));
        var text = new StringBuilder();
        foreach (var api in Apis)
        {
            text.Append("\n## ").Append(api).Append("\n\n| method | ")
                .AppendJoin(" | ", Sdk.All.Select(sdk => sdk.Name))
                .Append(" |\n|---").Insert(text.Length, "|---", Sdk.All.Count).Append("|\n");
            foreach (var method in rows.Where(r => r.Row.Group == api).GroupBy(r => r.Row.Name)
                .OrderBy(method => method.Key, StringComparer.Ordinal))
                text.Append("| `").Append(method.Key).Append("` | ")
                    .AppendJoin(" | ", Sdk.All.Select(sdk => Cell(method.SingleOrDefault(r => r.Sdk == sdk).Row)))
                    .Append(" |\n");
        }

        text.Append("\n## Libraries\n\n| library | what was run |\n|---|---|\n");
        foreach (var library in rows.Where(r => !Apis.Contains(r.Row.Group)).GroupBy(r => r.Row.Group))
            text.Append("| ").Append(library.Key).Append(" | ")
                .AppendJoin("; ", library.Select(r => r.Row.Name)).Append(" |\n");
        return text.Append('\n').ToString();
    }

    private static string Cell(SdkRow? row) => row is null ? "" : row.IsServed ? "served" : "refused";
}
