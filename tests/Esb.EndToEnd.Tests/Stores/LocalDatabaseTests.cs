using System.Diagnostics;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;
using Esb.EndToEnd.Tests.RawRequests;

namespace Esb.EndToEnd.Tests.Stores;

/// <summary>
/// The database of process mode is a program of somebody else: what ends or stops it must not end or stop it for
/// everybody.
/// </summary>
internal sealed class LocalDatabaseTests
{
    private const string Item = """{"TableName":"kept","Key":{"id":{"S":"7"}}}""";

    [Test]
    public async Task Requests_that_would_crash_the_database_are_answered_or_dropped_by_the_same_process()
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
        foreach (var operation in new[]
        {
            "PutItem", "GetItem", "Query", "CreateTable", "BatchWriteItem", "ListTables",
        })
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

        var deep = string.Concat(Enumerable.Repeat("{\"L\":[", 200_000))
            + "null"
            + string.Concat(Enumerable.Repeat("]}", 200_000));
        await Assert.That((await database.AskAsync(
            "PutItem", $$$$"""{"TableName":"kept","Item":{"id":{"S":"1"},"x":{{{{deep}}}}}}""")).Body)
            .Contains("Nesting Levels have exceeded supported limits");
        var allowed = string.Concat(Enumerable.Repeat("{\"L\":[", 31))
            + "{\"S\":\"[[{{\\\"\"}"
            + string.Concat(Enumerable.Repeat("]}", 31));
        await Assert.That((await database.AskAsync(
            "PutItem",
            $$$$"""{"TableName":"kept","Item":{"id":{"S":"1"},"x":{{{{allowed}}}}}}""")).Status).IsEqualTo(200);

        // What fails in a later turn of the database's loop.
        var late = await database.AskAsync(
            "TagResource", """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/kept","Tags":[{}]}""");
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
        await platform.DeployAsync(platform.Write(
            "slow", Templates.Function("slow", "/slow", timeout: 1), ("src/app.py", slow)));
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
        await Assert.That(deep.Body)
            .Contains("Invalid FilterExpression: The expression has too many nesting levels; nesting levels: 2000");
        var many = await database.AskAsync("Scan", Scan(string.Join(" OR ", Enumerable.Repeat("id=:x", 151))));
        await Assert.That(many.Body).Contains("The expression contains too many operators; operator count: 301");
        var large = await database.AskAsync("Scan", Scan("id = :x" + new string(' ', 4_090)));
        await Assert.That(large.Body)
            .Contains("Expression size has exceeded the maximum allowed size; expression size: 4097");
    }

    [Test]
    public async Task An_index_beyond_the_end_of_a_list_appends_to_it_in_a_moment_in_the_order_of_the_indexes()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        static string Update(string expression) => JsonSerializer.Serialize(new
        {
            TableName = "kept",
            Key = new { id = new { S = "7" } },
            UpdateExpression = expression,
            ExpressionAttributeValues = new Dictionary<string, object>
            {
                [":a"] = new { S = "a" },
                [":b"] = new { S = "b" },
                [":c"] = new { S = "c" },
            },
        });

        await database.AskAsync(
            "PutItem", """{"TableName":"kept","Item":{"id":{"S":"7"},"l":{"L":[{"S":"x"},{"S":"y"}]}}}""");
        // Filling up to the index would take longer than any test.
        foreach (var expression in new[]
        {
            "SET l[4294967295] = :c, l[999999999] = :b, l[2] = :a",
            "SET l[4294967294] = :c, l[0] = :b, l[99999999999999999999] = :a",
            "SET l[1000000] = :b, l[1] = :c, l[2000000] = :a REMOVE l[888888888]",
        })
            await Assert.That((await database.AskAsync("UpdateItem", Update(expression))).Status).IsEqualTo(200);
        await Assert.That((await database.AskAsync("GetItem", Item)).Body)
            .Contains($"{{\"L\":[{string.Join(',', "bcabccaba".Select(letter => $"{{\"S\":\"{letter}\"}}"))}]}}");
    }

    [Test]
    public async Task Integers_beyond_their_range_and_names_that_no_object_keeps_are_refused()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        foreach (var number in new[] { "2147483648", "4294967297", "1e300", "1e999", "-2147483649" })
            await Assert.That((await database.AskAsync("Scan", $$"""{"TableName":"kept","Limit":{{number}}}""")).Body)
                .Contains("NUMBER_VALUE is out of the range of Integer");
        await Assert.That((await database.AskAsync("Scan", """{"TableName":"kept","Limit":2147483647}""")).Body)
            .Contains("\"Count\":1");
        foreach (var (operation, body) in new[]
        {
            ("PutItem", """{"TableName":"kept","Item":{"id":{"S":"1"},"__proto__":{"S":"x"}}}"""),
            ("PutItem", """{"TableName":"kept","Item":{"id":{"S":"1"},"m":{"M":{"\u005f_proto__":{"S":"x"}}}}}"""),
            ("UpdateItem", """
                {"TableName":"kept","Key":{"id":{"S":"7"}},"UpdateExpression":"SET #p = :x",
                 "ExpressionAttributeNames":{"#p":"__proto__"},"ExpressionAttributeValues":{":x":{"S":"x"}}}
                """),
            ("DescribeTable", """{"TableName":"__proto__"}"""),
        })
        {
            var (status, answer) = await database.AskAsync(operation, body);
            await Assert.That(status).IsEqualTo(400).Because(body);
            await Assert.That(answer).Contains("This database keeps nothing that is named __proto__");
        }

        await Assert.That((await database.AskAsync(
            "PutItem",
            """{"TableName":"kept","Item":{"id":{"S":"1"},"x":{"S":"__proto__"},"constructor":{"S":"y"}}}""")).Status)
            .IsEqualTo(200);
        await Assert.That((await database.AskAsync(
            "Scan",
            """{"TableName":"kept","FilterExpression":"attribute_exists(toString)"}""")).Body).Contains("\"Count\":0");
        var found = await database.AskAsync("Scan", """
            {"TableName":"kept","FilterExpression":"attribute_exists(#c)","ExpressionAttributeNames":{"#c":"constructor"}}
            """);
        await Assert.That(found.Body).Contains("\"Count\":1");
    }

    [Test]
    public async Task A_number_of_more_digits_than_one_can_have_is_refused_before_it_is_converted()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        var digits = new string('1', 14_000_000);
        var nonsense = new string('x', 1_000_000);
        foreach (var value in new[]
        {
            $$"""{"N":"{{digits}}"}""",
            $$"""{"NS":["1","{{digits}}"]}""",
            $$$$"""{"L":[{"M":{"n":{"N":"{{{{digits}}}}"}}}]}""",
            $$"""{"N":"{{nonsense}}"}""",
        })
        {
            var (status, answer) = await database.AskAsync(
                "PutItem", $$$$"""{"TableName":"kept","Item":{"id":{"S":"1"},"n":{{{{value}}}}}}""");
            await Assert.That(status).IsEqualTo(400).Because(answer.Length > 300 ? answer[..300] : answer);
            await Assert.That(answer).Contains("Attempting to store more than 38 significant digits in a Number");
        }

        foreach (var number in new[]
        {
            "0." + new string('0', 129) + "1", new string('9', 38) + new string('0', 88), "-1e-130",
        })
            await Assert.That((await database.AskAsync(
                "PutItem", $$$$"""{"TableName":"kept","Item":{"id":{"S":"1"},"n":{"N":"{{{{number}}}}"}}}""")).Status)
                .IsEqualTo(200)
                .Because(number);
    }

    [Test]
    public async Task Large_sets_are_joined_and_compared_in_a_moment()
    {
        await using var platform = new Platform();
        await platform.InitializeAsync();
        using var database = new HostileRequests(platform);
        await database.MakeTableAsync("kept");
        static string Set(int from) => string.Join(',', Enumerable.Range(from, 60_000).Select(n => $"\"{n}\""));
        static string Update(string action, int from) =>
            $$$$"""
            {"TableName":"kept","Key":{"id":{"S":"7"}},"UpdateExpression":"{{{{action}}}} s :s",
             "ExpressionAttributeValues":{":s":{"NS":[{{{{Set(from)}}}}]}}}
            """;

        // Each member against each one would be billions of comparisons.
        await Assert.That((await database.AskAsync("UpdateItem", Update("ADD", 0))).Status).IsEqualTo(200);
        for (var i = 0; i < 5; i++)
            await Assert.That((await database.AskAsync("UpdateItem", Update("ADD", 0))).Status).IsEqualTo(200);
        var found = await database.AskAsync("Scan", $$$$"""
            {"TableName":"kept","FilterExpression":"s = :s","ExpressionAttributeValues":{":s":{"NS":[{{{{Set(0)}}}}]}}}
            """);
        await Assert.That(found.Body).Contains("\"Count\":1");
        await Assert.That((await database.AskAsync("UpdateItem", Update("DELETE", 1))).Status).IsEqualTo(200);
        await Assert.That((await database.AskAsync("GetItem", Item)).Body).Contains("""{"NS":["0"]}""");
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

            await Eventually.TrueAsync(async () => await AnswersAsync(database));
            await Assert.That(DatabaseOf(platform)).IsNotEqualTo(before);
            await Assert.That((await File.ReadAllLinesAsync(log)).Count(line => line.Contains(
                "it ended with exit code 137 and is started again", StringComparison.Ordinal))).IsEqualTo(times);
        }

        var pid = DatabaseOf(platform);
        await PlatformProcesses.SignalAsync(pid, "STOP");
        await Assert.That((await platform.EsbAsync("status")).Output)
            .Contains($"down: the database (127.0.0.1:{platform.DatabasePort}) does not answer");
        await Assert.That((await platform.EsbAsync("status", "--json")).Output)
            .Contains("\"parts_down\":[{\"name\":\"database\"");
        await PlatformProcesses.SignalAsync(pid, "CONT");
        await Eventually.TrueAsync(async () => !(await platform.EsbAsync("status"))
            .Output.Contains("down:", StringComparison.Ordinal));
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
        await Eventually.TrueAsync(() => !Directory.Exists($"/proc/{pid}"));
        await Assert.That((await platform.EsbAsync("status")).Output).Contains("has ended: esb up starts it again");
        await Assert.That((await platform.EsbAsync("up")).ExitCode).IsEqualTo(0);
        await Assert.That((await database.AskAsync("GetItem", Item)).Body).Contains("kept");
    }

    private static int DatabaseOf(Platform platform) =>
        PlatformProcesses.Of(platform).Single(p => p.Name == "node").Pid;

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
