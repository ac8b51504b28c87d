using System.Diagnostics;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;
using Esb.EndToEnd.Tests.RawRequests;

namespace Esb.EndToEnd.Tests.Stores;

/// <summary>The database of process mode is a program of somebody else: what ends or stops it must not end or stop it for everybody.</summary>
internal sealed class LocalDatabaseTests
{
    private const string Item = """{"TableName":"kept","Key":{"id":{"S":"7"}}}""";

    [Test]
    public async Task Requests_that_the_database_would_end_at_are_answered_or_dropped_and_it_goes_on_with_the_same_process()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        var before = DatabaseOf(platform);

        foreach (var head in new[] { "", "Expect: 100-continue\r\n", "Connection: close\r\n" })
        {
            using var broken = await RawConnection.OpenAsync(platform.DatabasePort);
            await broken.SendAsync($"POST / HTTP/1.1\r\nHost: localhost\r\n{head}Content-Length: 100\r\n\r\nabc");
        }

        using (var broken = await RawConnection.OpenAsync(platform.DatabasePort))
            await broken.SendAsync("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        foreach (var operation in new[] { "PutItem", "GetItem", "Query", "CreateTable", "BatchWriteItem", "ListTables" })
        {
            foreach (var body in new[] { "null", " null", "[]", "1", "\"x\"", "true", "{", "" })
            {
                var (status, answer) = await database.AskAsync(operation, body);
                await Assert.That(status).IsEqualTo(400).Because($"{operation} {body}: {answer}");
                await Assert.That(answer).Contains("SerializationException");
            }
        }

        foreach (var (operation, body) in new[]
        {
            ("PutItem", """{"TableName":"kept","Item":{"id":{"S":"1"},"x":null}}"""),
            ("BatchWriteItem", """{"RequestItems":{"kept":[null]}}"""),
            ("BatchGetItem", """{"RequestItems":{"kept":{"Keys":[null]}}}"""),
        })
        {
            await Assert.That((await database.AskAsync(operation, body)).Status).IsEqualTo(400).Because(body);
        }

        var deep = string.Concat(Enumerable.Repeat("{\"L\":[", 200_000)) + "null" + string.Concat(Enumerable.Repeat("]}", 200_000));
        await Assert.That((await database.AskAsync("PutItem", $$$$"""{"TableName":"kept","Item":{"id":{"S":"1"},"x":{{{{deep}}}}}}""")).Body).Contains("Nesting Levels have exceeded supported limits");
        var allowed = string.Concat(Enumerable.Repeat("{\"L\":[", 31)) + "{\"S\":\"[[{{\\\"\"}" + string.Concat(Enumerable.Repeat("]}", 31));
        await Assert.That((await database.AskAsync("PutItem", $$$$"""{"TableName":"kept","Item":{"id":{"S":"1"},"x":{{{{allowed}}}}}}""")).Status).IsEqualTo(200);

        // What fails in a later turn of the database's loop.
        var late = await database.AskAsync("TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/kept","Tags":[{}]}""");
        await Assert.That(late.Status).IsEqualTo(500);
        await Assert.That(late.Body).Contains("InternalServerError");
        await Assert.That((await database.AskAsync("GetItem", Item)).Body).Contains("kept");
        await Assert.That(DatabaseOf(platform)).IsEqualTo(before);
    }

    [Test]
    public async Task A_function_that_is_stopped_in_the_middle_of_a_request_leaves_the_database_to_the_others()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        var slow = Templates.Handler(
            "import socket, urllib.parse",
            "address = urllib.parse.urlparse(os.environ['AWS_ENDPOINT_URL_DYNAMODB'])",
            "connection = socket.create_connection((address.hostname, address.port))",
            @"connection.sendall(b'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc')",
            "time.sleep(600)");
        await platform.DeployAsync(platform.Write("slow", Templates.Function("slow", "/slow", timeout: 1), ("src/app.py", slow)));
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        var before = DatabaseOf(platform);
        var invoked = await platform.EsbAsync("invoke", "slow", "--event", "{}");
        await Assert.That(invoked.Output + invoked.Error).Contains("Sandbox.Timedout");
        await Assert.That((await database.AskAsync("GetItem", Item)).Body).Contains("kept");
        await Assert.That(DatabaseOf(platform)).IsEqualTo(before);
    }

    [Test]
    public async Task Expressions_of_every_depth_are_read_in_a_moment_and_held_to_the_limits_of_DynamoDB()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        static string Scan(string filter) => JsonSerializer.Serialize(new
        {
            TableName = "kept",
            FilterExpression = filter,
            ExpressionAttributeValues = new Dictionary<string, object> { [":x"] = new { S = "7" } },
        });

        // Each level more would take twice the time of the one before it.
        var nested = Enumerable.Range(0, 100).Aggregate("id = :x", (inner, _) => $"(id = :x AND {inner})");
        await Assert.That((await database.AskAsync("Scan", Scan(nested))).Body).Contains("\"Count\":1");
        var pairs = await database.AskAsync("Scan", Scan(new string('(', 200) + "id = :x" + new string(')', 200)));
        await Assert.That(pairs.Status).IsEqualTo(400);
        await Assert.That(pairs.Body).Contains("The expression has redundant parentheses;");
        var deep = await database.AskAsync("Scan", Scan(new string('(', 2_000) + "id" + new string(')', 2_000)));
        await Assert.That(deep.Body).Contains("Invalid FilterExpression: The expression has too many nesting levels; nesting levels: 2000");
        var many = await database.AskAsync("Scan", Scan(string.Join(" OR ", Enumerable.Repeat("id=:x", 151))));
        await Assert.That(many.Body).Contains("The expression contains too many operators; operator count: 301");
        var large = await database.AskAsync("Scan", Scan("id = :x" + new string(' ', 4_090)));
        await Assert.That(large.Body).Contains("Expression size has exceeded the maximum allowed size; expression size: 4097");
    }

    [Test]
    public async Task A_database_that_is_killed_comes_back_with_its_data_status_says_so_meanwhile_and_down_ends_it()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        var log = Directory.EnumerateFiles(platform.StateFolder, "database.log", SearchOption.AllDirectories).Single();
        for (var times = 1; times <= 2; times++)
        {
            var before = DatabaseOf(platform);
            using (var process = Process.GetProcessById(before))
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            await Until.TrueAsync(async () => await AnswersAsync(database));
            await Assert.That(DatabaseOf(platform)).IsNotEqualTo(before);
            await Assert.That((await File.ReadAllLinesAsync(log)).Count(line => line.Contains("it ended with exit code 137 and is started again", StringComparison.Ordinal))).IsEqualTo(times);
        }

        var pid = DatabaseOf(platform);
        await PlatformProcesses.SignalAsync(pid, "STOP");
        await Assert.That((await platform.EsbAsync("status")).Output).Contains($"down: the database (127.0.0.1:{platform.DatabasePort}) does not answer");
        await Assert.That((await platform.EsbAsync("status", "--json")).Output).Contains("\"parts_down\":[{\"name\":\"database\"");
        await PlatformProcesses.SignalAsync(pid, "CONT");
        await Until.TrueAsync(async () => !(await platform.EsbAsync("status")).Output.Contains("down:", StringComparison.Ordinal));
        await Assert.That((await platform.EsbAsync("status", "--json")).Output).Contains("\"parts_down\":[]");
        await Assert.That((await platform.EsbAsync("down")).ExitCode).IsEqualTo(0);
        await Assert.That(PlatformProcesses.Of(platform)).IsEmpty();
    }

    [Test]
    public async Task When_what_keeps_the_database_up_is_killed_the_database_ends_too_and_up_starts_both_again()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        var pid = DatabaseOf(platform);
        await PlatformProcesses.KillAsync(platform, "sh");
        await Until.TrueAsync(() => !Directory.Exists($"/proc/{pid}"));
        await Assert.That((await platform.EsbAsync("status")).Output).Contains("has ended: esb up starts it again");
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        await Assert.That((await database.AskAsync("GetItem", Item)).Body).Contains("kept");
    }

    private static int DatabaseOf(Platform platform) => PlatformProcesses.Of(platform).Single(p => p.Name == "node").Pid;

    private static async Task<bool> AnswersAsync(HostileRequests database)
    {
        try
        {
            return (await database.AskAsync("GetItem", Item)).Body.Contains("kept", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
