using System.Diagnostics;
using System.Text.Json.Nodes;
using Esb.Dynalite.Tests.Folders;
using Esb.Dynalite.Tests.Servers;
using Esb.Testing.Platforms;
using Esb.Testing.Servers;

namespace Esb.Dynalite.Tests.Importing;

/// <summary>When the import runs, that it imports everything or nothing, and what it reports.</summary>
public sealed class ImportTests
{
    private const string Key = "\"h\": {\"S\": \"h\"}, \"r\": {\"N\": \"1\"}";

    [Test]
    public async Task Tables_are_imported_once_and_the_old_folder_is_not_changed()
    {
        using var folder = new TemporaryFolder();
        await NewDatabaseAsync(folder, items: 30);
        // An empty folder is not a database of its own.
        Directory.CreateDirectory(folder.In("tables"));
        var old = Files(folder.In("database"));
        await using (var first = await TableServer.StartStoresAsync(folder.Path))
        {
            await Assert.That(first.Log).Contains("Imported 1 table with 30 items in ")
                .And.Contains($"{folder.In("database")} is no longer used, and was not changed.");
            await first.PutAsync("tab", $$$"""{{{{Key}}}, "v": {"S": "new"}}""");
        }

        await using var second = await TableServer.StartStoresAsync(folder.Path);
        await Assert.That(second.Log).DoesNotContain("mport");
        await Assert.That(await second.ItemsAsync("tab")).Contains(
            """{"h":{"S":"h"},"r":{"N":"1"},"v":{"S":"new"}}""");
        await Assert.That(Files(folder.In("database"))).IsEquivalentTo(old);
        await Assert.That(Names(folder)).IsEquivalentTo(["database", "objects", "stores.sock", "tables"]);
    }

    [Test]
    public async Task Nothing_is_imported_without_data_of_dynalite()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("database"));
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        await Assert.That(stores.Log).DoesNotContain("mport");
    }

    [Test]
    public async Task While_dynalite_runs_the_stores_do_not_start_and_say_so()
    {
        using var folder = new TemporaryFolder();
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable("tab"));
        var result = await RunAsync(folder);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("another process uses this database")
            .And.Contains("stop that process");
        await Assert.That(Directory.Exists(folder.In("tables"))).IsFalse();
        // dynalite still has its lock.
        await dynalite.PutAsync("tab", $$"""{{{Key}}}""");
        await dynalite.KillAsync();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        await Assert.That((await stores.ItemsAsync("tab")).Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_damaged_table_is_an_error_that_names_the_file_and_nothing_is_imported()
    {
        using var folder = new TemporaryFolder();
        await NewDatabaseAsync(folder, items: 6000);
        var file = Directory.GetFiles(folder.In("database"), "*.ldb").Order().Last();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var result = await RunAsync(folder);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("since it is damaged: ").And.Contains($"{file}, byte ")
            .And.Contains("the checksum of a block does not match");
        await Assert.That(Names(folder)).IsEquivalentTo(["database"]);
    }

    [Test]
    public async Task An_item_that_tables_cannot_hold_is_an_error_that_names_it_and_nothing_is_imported()
    {
        using var folder = new TemporaryFolder();
        await NewDatabaseAsync(folder, items: 10, async dynalite =>
        {
            await dynalite.PutAsync("tab", $$$"""{{{{Key}}}, "n": {"N": "9E+125"}}""");
            await AddAsync(dynalite, "9E+125");
        });
        var result = await RunAsync(folder);
        await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
        await Assert.That(result.Error).Contains("""items cannot be imported: table tab, h {"S":"h"}, r {"N":"1"}: """)
            .And.Contains("Number overflow").And.Contains("start the earlier version of ESB once with this folder");
        await Assert.That(Names(folder)).IsEquivalentTo(["database"]);
    }

    [Test]
    public async Task Data_that_dynalite_accepts_and_DynamoDB_does_not_is_imported_and_reported()
    {
        using var folder = new TemporaryFolder();
        await NewDatabaseAsync(folder, items: 0, async dynalite =>
        {
            await dynalite.PutAsync("tab", $$$"""{{{{Key}}}, "n": {"N": "0.{{{new string('3', 38)}}}"}}""");
            await AddAsync(dynalite, "12345");
            await dynalite.PutAsync(
                "tab", $$$"""{"h": {"S": "large"}, "r": {"N": "1"}, "v": {"S": "{{{new string('ü', 300_000)}}}"}}""");
            await dynalite.PutAsync(
                "tab", """{"h": {"S": "half"}, "r": {"N": "1"}, "v\udc00": {"S": "\\ud800 \ud83d\ude00 \ud83d"}}""");
            await dynalite.PutAsync("tab", """{"h": {"S": "empty"}, "r": {"N": "1"}, "i": {"S": ""}}""");
        });
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        var items = await stores.ItemsAsync("tab");
        await Assert.That(items).Contains(
            $$$"""{"h":{"S":"h"},"n":{"N":"12345.{{{new string('3', 33)}}}"},"r":{"N":"1"}}""");
        await Assert.That(items.Select(item => JsonNode.Parse(item)!["v\uFFFD"]?["S"]?.ToString()))
            .Contains("\\ud800 \U0001F600 \uFFFD");
        await Assert.That(items.Count).IsEqualTo(4);
        await Assert.That(stores.Log).Contains("a number with more than 38 digits was rounded")
            .And.Contains("""Table tab, 1 items, the first one is h {"S":"large"}, r {"N":"1"}: larger than 400 KB""")
            .And.Contains("half of a surrogate pair").And.Contains("not in an index: ");
    }

    [Test]
    public async Task An_import_that_was_killed_begins_again()
    {
        using var folder = new TemporaryFolder();
        await NewDatabaseAsync(folder, items: 6000);
        await KillDuringImportAsync(folder.Path);
        await Assert.That(Directory.Exists(folder.In("tables"))).IsFalse();
        await Assert.That(Directory.Exists(folder.In("tables.import"))).IsTrue();
        await using var stores = await TableServer.StartStoresAsync(folder.Path);
        await Assert.That((await stores.ItemsAsync("tab")).Count).IsEqualTo(6000);
        await Assert.That(Directory.Exists(folder.In("tables.import"))).IsFalse();
    }

    // The folder of the import is created before the items are copied, which takes far longer.
    private static async Task KillDuringImportAsync(string dataFolder)
    {
        var start = new ProcessStartInfo(Programs.Find("stores")) { RedirectStandardError = true };
        foreach (var (name, value) in TableServer.StoresEnvironment(dataFolder, FreePorts.Take()))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var reading = process.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(
            () => Task.FromResult(Directory.Exists(Path.Combine(dataFolder, "tables.import"))));
        process.Kill();
        await process.WaitForExitAsync();
        await Assert.That(await reading).DoesNotContain("Imported");
    }

    private static async Task NewDatabaseAsync(
        TemporaryFolder folder, int items, Func<TableServer, Task>? more = null)
    {
        await using var dynalite = await TableServer.StartDynaliteAsync(folder.Path);
        await dynalite.CreateAsync(ApiJson.NewTable(
            "tab",
            """
            , "GlobalSecondaryIndexes": [{"IndexName": "by-i", "KeySchema": [{"AttributeName": "i", "KeyType": "HASH"}],
                "Projection": {"ProjectionType": "ALL"}}]
            """,
            """, {"AttributeName": "i", "AttributeType": "S"}"""));
        await dynalite.PutAllAsync("tab", Enumerable.Range(1, items).Select(i => $$$"""
            {"h": {"S": "h"}, "r": {"N": "{{{i}}}"}, "v": {"S": "{{{Guid.NewGuid()}}}{{{new string('x', 800)}}}"}}
            """));
        if (more is not null)
            await more(dynalite);
    }

    private static Task<JsonNode> AddAsync(TableServer dynalite, string number) => dynalite.SendAsync(
        "UpdateItem",
        $$$$"""
        {"TableName": "tab", "Key": {{{{{Key}}}}}, "UpdateExpression": "ADD n :n",
         "ExpressionAttributeValues": {":n": {"N": "{{{{number}}}}"}}}
        """);

    private static Task<CommandResult> RunAsync(TemporaryFolder folder) => Command.RunAsync(
        Programs.Find("stores"),
        [],
        folder.Path,
        TableServer.StoresEnvironment(folder.Path, FreePorts.Take()).ToDictionary(s => s.Key, s => (string?)s.Value));

    private static List<string> Names(TemporaryFolder folder) =>
        [.. Directory.GetFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path))];

    private static List<string> Files(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => $"{file} {Convert.ToHexStringLower(File.ReadAllBytes(file))}")];
}
