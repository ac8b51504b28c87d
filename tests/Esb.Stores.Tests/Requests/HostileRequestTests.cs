using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Requests;

/// <summary>Requests that would end or stop a careless store for everybody.</summary>
public sealed class HostileRequestTests
{
    private const string Item = """{"TableName":"things","Key":{"id":{"S":"7"}}}""";

    [Test]
    public async Task Requests_that_are_broken_are_answered_or_dropped_by_the_same_process()
    {
        await using var stores = await StartAsync();
        var before = stores.ProcessId;
        foreach (var head in new[]
        {
            "Content-Length: 100\r\n", "Expect: 100-continue\r\nContent-Length: 100\r\n",
            "Connection: close\r\nContent-Length: 100\r\n", "Transfer-Encoding: chunked\r\n",
        })
        {
            using var broken = new TcpClient("127.0.0.1", stores.Address.Port);
            await broken.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
                    + $"X-Amz-Target: DynamoDB_20120810.PutItem\r\n{head}\r\n5\r\nab"));
        }

        foreach (var operation in new[] { "PutItem", "GetItem", "Query", "CreateTable", "ListTables" })
        {
            foreach (var body in new[] { "null", " null", "[]", "1", "\"x\"", "true", "{", "" })
            {
                var (status, answer) = await AskAsync(stores, operation, body);
                await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest).Because($"{operation} {body}");
                await Assert.That(answer).Contains("SerializationException");
            }
        }

        await Assert.That((await AskAsync(stores, "GetItem", Item)).Answer).Contains("kept");
        await Assert.That(stores.ProcessId).IsEqualTo(before);
    }

    [Test]
    [Arguments(31, "{}")]
    [Arguments(33, "nesting levels")]
    [Arguments(200_000, "serializationexception")]
    public async Task An_item_is_nested_as_deeply_as_DynamoDB_allows(int depth, string expected)
    {
        await using var stores = await StartAsync();
        var value = string.Concat(Enumerable.Repeat("{\"L\":[", depth)) + "{\"S\":\"[[{{\\\"\"}"
            + string.Concat(Enumerable.Repeat("]}", depth));
        var (_, answer) = await AskAsync(
            stores, "PutItem", $$$$"""{"TableName":"things","Item":{"id":{"S":"1"},"x":{{{{value}}}}}}""");
        await Assert.That(answer.ToLowerInvariant()).Contains(expected);
    }

    [Test]
    public async Task Expressions_of_every_depth_are_read_in_a_moment_and_held_to_the_limits_of_DynamoDB()
    {
        await using var stores = await StartAsync();
        static string Scan(string filter) => JsonSerializer.Serialize(new
        {
            TableName = "things",
            FilterExpression = filter,
            ExpressionAttributeValues = new Dictionary<string, object> { [":x"] = new { S = "7" } },
        });

        // Each level more would take twice the time of the one before it.
        var nested = Enumerable.Range(0, 100).Aggregate("id = :x", (inner, _) => $"(id = :x AND {inner})");
        await Assert.That((await AskAsync(stores, "Scan", Scan(nested))).Answer).Contains("\"Count\":1");
        foreach (var filter in new[]
        {
            new string('(', 200) + "id = :x" + new string(')', 200),
            new string('(', 2_000) + "id" + new string(')', 2_000),
            string.Join(" OR ", Enumerable.Repeat("id=:x", 151)),
            "id = :x" + new string(' ', 4_090),
        })
        {
            var (status, answer) = await AskAsync(stores, "Scan", Scan(filter));
            await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
            await Assert.That(answer).Contains("FilterExpression: ");
        }
    }

    [Test]
    public async Task An_index_beyond_the_end_of_a_list_appends_to_it_in_a_moment()
    {
        await using var stores = await StartAsync();
        await AskAsync(
            stores, "PutItem", """{"TableName":"things","Item":{"id":{"S":"7"},"l":{"L":[{"S":"x"}]}}}""");
        var (status, _) = await AskAsync(stores, "UpdateItem", """
            {"TableName":"things","Key":{"id":{"S":"7"}},"UpdateExpression":"SET l[999999999] = :b, l[2] = :a",
             "ExpressionAttributeValues":{":a":{"S":"a"},":b":{"S":"b"}}}
            """);
        await Assert.That(status).IsEqualTo(HttpStatusCode.OK);
        await Assert.That((await AskAsync(stores, "GetItem", Item)).Answer)
            .Contains("""{"L":[{"S":"x"},{"S":"a"},{"S":"b"}]}""");
    }

    [Test]
    public async Task A_number_of_more_digits_than_one_can_have_is_refused_in_a_moment()
    {
        await using var stores = await StartAsync();
        var digits = new string('1', 14_000_000);
        foreach (var value in new[]
        {
            $$"""{"N":"{{digits}}"}""",
            $$"""{"NS":["1","{{digits}}"]}""",
            $$"""{"N":"{{new string('x', 1_000_000)}}"}""",
        })
        {
            var (status, answer) = await AskAsync(
                stores, "PutItem", $$$$"""{"TableName":"things","Item":{"id":{"S":"1"},"n":{{{{value}}}}}}""");
            await Assert.That(status).IsEqualTo(HttpStatusCode.BadRequest);
            await Assert.That(answer.Length).IsLessThan(2_000_000);
        }
    }

    [Test]
    public async Task Large_sets_are_joined_and_compared_in_a_moment()
    {
        await using var stores = await StartAsync();
        static string Set(int from) => string.Join(',', Enumerable.Range(from, 60_000).Select(n => $"\"{n}\""));
        static string Update(string action, int from) =>
            $$$$"""
            {"TableName":"things","Key":{"id":{"S":"7"}},"UpdateExpression":"{{{{action}}}} s :s",
             "ExpressionAttributeValues":{":s":{"NS":[{{{{Set(from)}}}}]}}}
            """;

        // Each member against each one would be billions of comparisons.
        for (var i = 0; i < 5; i++)
            await Assert.That((await AskAsync(stores, "UpdateItem", Update("ADD", 0))).Status)
                .IsEqualTo(HttpStatusCode.OK);
        await Assert.That((await AskAsync(stores, "UpdateItem", Update("DELETE", 1))).Status)
            .IsEqualTo(HttpStatusCode.OK);
        await Assert.That((await AskAsync(stores, "GetItem", Item)).Answer).Contains("""{"NS":["0"]}""");
    }

    [Test]
    [Arguments("Host: localhost\r\nHost: localhost", 400)]
    [Arguments("Host: localhost\r\nhost: evil.example", 400)]
    [Arguments("Host: localhost, evil.example", 400)]
    [Arguments("Host: local host", 400)]
    [Arguments("Host: me@localhost", 400)]
    [Arguments("Host: localhost:80a", 400)]
    [Arguments("Host: localhost/x", 400)]
    [Arguments("X-Nothing: 1", 400)]
    [Arguments("Host: evil.example", 403)]
    [Arguments("Host: [::1]:9000", 200)]
    public async Task A_request_has_one_Host_that_is_a_name_or_an_address_as_on_the_other_ports(
        string header, int status)
    {
        await using var stores = await StoresProcess.StartAsync(isOpen: true);
        using var client = new TcpClient("127.0.0.1", stores.Address.Port);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nConnection: close\r\n{header}\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        await Assert.That(await reader.ReadToEndAsync()).StartsWith($"HTTP/1.1 {status}");
    }

    private static async Task<StoresProcess> StartAsync()
    {
        var stores = await StoresProcess.StartAsync(isOpen: true);
        using var client = stores.NewClient();
        await Things.CreateAsync(client);
        await Things.PutAsync(client, "7", "kept");
        return stores;
    }

    private static async Task<(HttpStatusCode Status, string Answer)> AskAsync(
        StoresProcess stores, string operation, string json)
    {
        using var client = new HttpClient();
        using var answer = await client.SendAsync(stores.NewRequest(operation, json));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
