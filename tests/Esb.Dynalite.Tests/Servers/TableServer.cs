using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Esb.Dynalite.Tests.Folders;
using Esb.Testing.Servers;

namespace Esb.Dynalite.Tests.Servers;

/// <summary>
/// A server with the API of DynamoDB on a data folder: a real dynalite, as earlier versions of ESB ran it in the folder
/// <c>database</c>, or our stores.
/// </summary>
internal sealed class TableServer : IAsyncDisposable
{
    // dynalite requires a signature, and does not verify it.
    private const string Signature =
        "AWS4-HMAC-SHA256 Credential=AKID/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=00";

    private readonly ServerProcess _server;
    private readonly HttpClient _client = new();

    private TableServer(ServerProcess server) => _server = server;

    public string Log => _server.Log;

    /// <param name="dataFolder">The data folder.</param>
    /// <param name="deleteTableMs">How long the definition of a table remains after its items.</param>
    public static async Task<TableServer> StartDynaliteAsync(string dataFolder, int deleteTableMs = 20)
    {
        var cli = Path.Combine(await DynalitePackages.FolderAsync(), "dynalite", "cli.js");
        return new TableServer(await ServerProcess.StartAsync(new ServerStart(
            "node",
            port =>
            [
                cli, "--host", "127.0.0.1", "--port", Text(port), "--path", Path.Combine(dataFolder, "database"),
                "--createTableMs", "20", "--updateTableMs", "20", "--deleteTableMs", Text(deleteTableMs),
            ],
            _ => new Dictionary<string, string>())));
    }

    /// <summary>Starts our stores, which first import the tables of a dynalite.</summary>
    public static async Task<TableServer> StartStoresAsync(string dataFolder) => new(
        await ServerProcess.StartAsync(new ServerStart(
            Programs.Find("stores"), _ => [], port => StoresEnvironment(dataFolder, port))));

    /// <summary>The settings of our stores.</summary>
    public static Dictionary<string, string> StoresEnvironment(string dataFolder, int port) => new()
    {
        ["STORES_LISTEN"] = $"127.0.0.1:{Text(port)}",
        ["STORES_DATA_DIR"] = dataFolder,
    };

    /// <summary>Sends a request, which must succeed.</summary>
    public async Task<JsonNode> SendAsync(string operation, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-amz-json-1.0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        request.Headers.TryAddWithoutValidation("Authorization", Signature);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260101T000000Z");
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!
            : throw new InvalidOperationException($"{operation}: {text}");
    }

    /// <summary>Creates a table, and waits until it is active.</summary>
    public async Task CreateAsync(string json)
    {
        await SendAsync("CreateTable", json);
        await ActiveAsync(JsonNode.Parse(json)!["TableName"]!.GetValue<string>());
    }

    /// <summary>Waits until a table is active.</summary>
    public Task ActiveAsync(string table) => Eventually.TrueAsync(async () =>
        (await DescribeAsync(table))["TableStatus"]!.GetValue<string>() == "ACTIVE");

    public async Task<JsonNode> DescribeAsync(string table) =>
        (await SendAsync("DescribeTable", ApiJson.Table(table)))["Table"]!;

    public Task PutAsync(string table, string item) =>
        SendAsync("PutItem", $$"""{"TableName": "{{table}}", "Item": {{item}}}""");

    /// <summary>Puts items, 25 in each request.</summary>
    public async Task PutAllAsync(string table, IEnumerable<string> items)
    {
        foreach (var batch in items.Chunk(25))
        {
            var requests = batch.Select(item => $$$"""{"PutRequest": {"Item": {{{item}}}}}""");
            await SendAsync(
                "BatchWriteItem", $$$"""{"RequestItems": {"{{{table}}}": [{{{string.Join(",", requests)}}}]}}""");
        }
    }

    /// <summary>All items of a table, each as text with its members in order, sorted.</summary>
    public async Task<IReadOnlyList<string>> ItemsAsync(string table)
    {
        var items = new List<string>();
        var more = "";
        do
        {
            var page = await SendAsync("Scan", $$"""{"TableName": "{{table}}"{{more}}}""");
            items.AddRange(page["Items"]!.AsArray().Select(ApiJson.Ordered));
            more = page["LastEvaluatedKey"] is { } key ? $", \"ExclusiveStartKey\": {key.ToJsonString()}" : "";
        }
        while (more.Length > 0);
        items.Sort(StringComparer.Ordinal);
        return items;
    }

    /// <summary>Kills it with <c>kill -9</c>.</summary>
    public Task KillAsync() => _server.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
