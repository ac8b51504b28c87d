using System.Text;
using System.Text.Json.Nodes;
using Esb.Tables.Tests.Storage;

namespace Esb.Tables.Tests.Operations;

/// <summary>The service on tables of its own, called as a server calls it.</summary>
internal sealed class OpenService : IAsyncDisposable
{
    private TablesService _service;

    private OpenService()
    {
        _service = NewService();
    }

    public OpenTables Tables { get; } = OpenTables.New();

    /// <summary>The service with a table <c>tab</c>: hash key <c>h</c> (S), sort key <c>r</c> (N).</summary>
    public static async Task<OpenService> WithTableAsync()
    {
        var service = new OpenService();
        await service.CreateAsync("tab");
        return service;
    }

    public static OpenService Empty() => new();

    /// <summary>Makes a table with the keys h (S) and r (N), and what else the request says.</summary>
    public Task<JsonNode> CreateAsync(string table, string more = "", string attributes = "") => CallAsync(
        "CreateTable",
        $$"""
        {"TableName": "{{table}}", "BillingMode": "PAY_PER_REQUEST",
         "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
         "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"},
           {"AttributeName": "r", "AttributeType": "N"}{{attributes}}]{{more}}}
        """);

    public Task<JsonNode> PutAsync(string item, string table = "tab") =>
        CallAsync("PutItem", $$"""{"TableName": "{{table}}", "Item": {{item}}}""");

    /// <summary>Calls an operation that must succeed.</summary>
    public async Task<JsonNode> CallAsync(string operation, params string[] request)
    {
        var (status, body) = await SendAsync(operation, request);
        return status == 200
            ? JsonNode.Parse(body.Length == 0 ? "{}" : body)!
            : throw new InvalidOperationException($"{operation}: {body}");
    }

    /// <summary>Calls an operation that must fail, and returns the error as <c>Type: message</c>.</summary>
    public async Task<string> ErrorAsync(string operation, params string[] request)
    {
        var error = await FailAsync(operation, request);
        var type = ((string)error["__type"]!).Split('#')[1];
        return $"{type}: {(string?)error["message"] ?? (string?)error["Message"]}";
    }

    /// <summary>Calls an operation that must fail, and returns the whole error.</summary>
    public async Task<JsonNode> FailAsync(string operation, params string[] request)
    {
        var (status, body) = await SendAsync(operation, request);
        return status == 400
            ? JsonNode.Parse(body)!
            : throw new InvalidOperationException($"{operation}: {status} {body}");
    }

    /// <summary>Sends a request.</summary>
    /// <param name="operation">The operation, of tables or of streams.</param>
    /// <param name="request">A whole document of JSON, or members of one.</param>
    public async Task<(int Status, string Body)> SendAsync(string operation, params string[] request)
    {
        var body = request is [var whole] && (whole.TrimStart() is "" or ['{' or '[', ..])
            ? whole
            : $"{{{string.Join(", ", request)}}}";
        var target = operation is "ListStreams" or "DescribeStream" or "GetShardIterator" or "GetRecords"
            ? $"DynamoDBStreams_20120810.{operation}"
            : $"DynamoDB_20120810.{operation}";
        var answer = await _service.HandleAsync(target, Encoding.UTF8.GetBytes(body), CancellationToken.None);
        return (answer.Status, Encoding.UTF8.GetString(answer.Body.Span));
    }

    /// <summary>The attribute v of items, or their sort keys, joined by commas.</summary>
    public static string Join(JsonNode? items, string attribute = "r") => string.Join(
        ',', items!.AsArray().Select(item => item![attribute]?.AsObject().Single().Value?.ToString()));

    public async Task RestartAsync()
    {
        await Tables.RestartAsync();
        _service = NewService();
    }

    public ValueTask DisposeAsync() => Tables.DisposeAsync();

    private TablesService NewService() => new(Tables.Database, "eu-west-1", "123456789012", Tables.Time);
}
