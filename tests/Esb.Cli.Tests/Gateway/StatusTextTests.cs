using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Cli.Commands.Functions;
using Esb.Cli.Documents;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Gateway;

internal sealed class StatusTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 3, 0, 0, TimeSpan.Zero);

    private static readonly StatusDocument Status = new()
    {
        Version = "0.1.0",
        StartedAt = Now.AddHours(-3),
        Configuration = new ConfigurationStatus
        {
            Hash = "3f9c21d0",
            LoadedAt = Now.AddMinutes(-4),
            Functions = 12,
            Routes = 31,
        },
        Functions =
        [
            new FunctionStatus
            {
                Name = "orders-get", Revision = "9b1f22aa", Workers = 2, CallsPerMinute = 1204, P50 = 1.1, P99 = 4.0,
            },
            new FunctionStatus
            {
                Name = "orders-report",
                Revision = "0c77d1e3",
                Errors = 3,
                LastError = "Task timed out\nafter 3.00 seconds",
                LastErrorAt = Now.AddMinutes(-12),
            },
        ],
        Workers = [Worker("orders-get", "busy"), Worker("orders-get", "idle")],
    };

    [Test]
    public async Task The_view_has_one_line_for_the_gateway_and_one_for_each_function()
    {
        var lines = StatusText.Lines(Status, [], Now, int.MaxValue, new Paint(false));
        await Assert.That(string.Join('\n', lines)).IsEqualTo("""
            gateway  up 3 h   configuration 3f9c21d0 loaded 4 min ago   12 functions, 31 routes, 2 workers (1 busy)
            FUNCTION       REVISION  WORKERS  QUEUE  CALLS/MIN  P50     P99     ERRORS  LAST ERROR
            orders-get     9b1f22aa  2        0      1,204      1.1 ms  4.0 ms  0
            orders-report  0c77d1e3  0        0      0                          3       12 min ago: Task timed out after 3.00 seconds
            """);
    }

    [Test]
    public async Task Functions_and_routes_are_listed_by_application_and_only_those_of_a_named_one()
    {
        var status = Status with
        {
            Functions =
            [
                Status.Functions[0] with { Application = "shop" },
                Status.Functions[1],
                new FunctionStatus { Name = "a", Revision = "1", Workers = 1, Application = "blog" },
            ],
            Routes =
            [
                new RouteStatus("GET", "/o", "orders-get", "1.0", "orders-get", "shop"),
                new RouteStatus(
                    "GET", "/x", "a", "1.0", "a", "blog", "the function 'a' belongs to application 'shop' now"),
                new RouteStatus("GET", "/h", "h", "1.0"),
            ],
        };
        var lines = StatusText.Lines(status, [], Now, int.MaxValue, new Paint(false));
        await Assert.That(lines[1]).StartsWith("APPLICATION  FUNCTION       REVISION");
        await Assert.That(string.Join(' ', lines.Skip(2).Select(l => l[..26].TrimEnd())))
            .IsEqualTo("blog         a shop         orders-get              orders-report");
        await Assert.That(string.Join('\n', RoutesCommand.Lines(status.Routes))).IsEqualTo("""
            APPLICATION  METHOD  PATH  FUNCTION    PAYLOAD  CLOSED
            blog         GET     /x    a           1.0      the function 'a' belongs to application 'shop' now
            shop         GET     /o    orders-get  1.0
                         GET     /h    h           1.0
            """);
        var shop = ApplicationFilter.Of(status, "shop");
        await Assert.That((
            shop.Functions.Single().Name,
            shop.Routes.Single().Path,
            shop.Workers.Count,
            shop.Configuration.Functions,
            shop.Configuration.Routes)).IsEqualTo(("orders-get", "/o", 2, 1, 1));
        await Assert.That(Assert.Throws<CommandFailure>(() => ApplicationFilter.Of(status, "shp")).Diagnostics[0]
            .ToString()).Contains("there is no application 'shp'").And.Contains("did you mean 'shop'?");
    }

    [Test]
    public async Task What_a_newer_gateway_adds_is_printed_for_one_application_too_and_an_older_one_is_understood()
    {
        const string Newer = """
            {"version":"1","shards":2,"functions":[{"name":"f","application":"a","heat":7},{"name":"g"}],
            "routes":[{"method":"GET","path":"/f","function":"f","payload":"1.0","application":"a","cost":1}],
            "workers":[{"function":"g"},{"function":"f","zone":"z"}]}
            """;
        var status = JsonSerializer.Deserialize(Newer, AdminJson.Default.StatusDocument)!;
        var output = new StatusOutput(ApplicationFilter.Of(status, "a"), []);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(output, StatusJson.Default.StatusOutput));
        var root = json.RootElement;
        await Assert.That(root.GetProperty("shards").GetInt32()).IsEqualTo(2);
        await Assert.That(root.GetProperty("functions")[0].GetProperty("heat").GetInt32()).IsEqualTo(7);
        await Assert.That(root.GetProperty("functions").GetArrayLength()).IsEqualTo(1);
        await Assert.That(root.GetProperty("routes")[0].GetProperty("cost").GetInt32()).IsEqualTo(1);
        await Assert.That(root.GetProperty("workers")[0].GetProperty("zone").GetString()).IsEqualTo("z");
        await Assert.That(root.GetProperty("parts_down").GetArrayLength()).IsEqualTo(0);
        var older = JsonSerializer.Deserialize("""{"version":"1"}""", AdminJson.Default.StatusDocument)!;
        await Assert.That((older.Functions.Count, older.Asynchronous)).IsEqualTo((0, null));
    }

    [Test]
    public async Task Files_that_could_not_be_loaded_are_reported_at_the_top()
    {
        var broken = Status with
        {
            Configuration = Status.Configuration with
            {
                Error = new ConfigurationError("routing.yml:3:5: error: no", null, null, null, null),
            },
            Functions = [],
        };
        var lines = StatusText.Lines(broken, [], Now, int.MaxValue, new Paint(false));
        await Assert.That(lines.Skip(1)).IsEquivalentTo(
            new[] { "not live: routing.yml:3:5: error: no", "No functions yet. Next: esb deploy -t template.yaml" });
    }

    [Test]
    public async Task A_part_of_the_platform_that_does_not_work_is_reported_at_the_top()
    {
        var lines = StatusText.Lines(
            Status,
            [
                new PartDown("stores process", "127.0.0.1:9000", HasEnded: false, "/s/stores.log"),
                new PartDown("agent", "/s/agent.sock", HasEnded: true, "/s/agent.log"),
            ],
            Now,
            int.MaxValue,
            new Paint(false));
        await Assert.That(lines.Skip(1).Take(2)).IsEquivalentTo(new[]
        {
            "down: the stores process (127.0.0.1:9000) does not answer; /s/stores.log may say why",
            "down: the agent (/s/agent.sock) has ended: esb up starts it again; /s/agent.log may say why",
        });
    }

    [Test]
    public async Task The_documents_of_the_admin_port_are_read_by_the_names_of_their_protocol()
    {
        const string Functions = """
            [{"name":"f","revision":"r","runtime":"x","workers":2,"busy":1,"max_workers":6,"queue":3,"calls":9,"errors":4,
            "timeouts":1,"throttles":2,"cold_starts":8,"calls_per_minute":5,"p50_ms":1.5,"p99_ms":null,"last_error":"e",
            "last_error_at":"2026-01-01T03:00:00Z","application":"a"}]
            """;
        var function = JsonSerializer.Deserialize(Functions, AdminJson.Default.IReadOnlyListFunctionStatus)![0];
        await Assert.That(function with { Routes = [] }).IsEqualTo(new FunctionStatus
        {
            Name = "f",
            Revision = "r",
            Runtime = "x",
            Workers = 2,
            Busy = 1,
            MaxWorkers = 6,
            Queue = 3,
            Calls = 9,
            Errors = 4,
            Timeouts = 1,
            Throttles = 2,
            ColdStarts = 8,
            CallsPerMinute = 5,
            P50 = 1.5,
            LastError = "e",
            LastErrorAt = Now,
            Routes = [],
            Application = "a",
        });
    }

    [Test]
    public async Task A_log_line_has_time_function_request_and_text_in_columns()
    {
        var text = new LogText(new Paint(false), TimeZoneInfo.Utc);
        await Assert.That(text.Line(new LogRecord(Now, "orders-get", "", "6c9e0000-1111", "", "stdout", "hello")))
            .IsEqualTo("2026-01-01 03:00:00.000  orders-get  6c9e0000  hello");
        await Assert.That(text.Line(new LogRecord(Now, "x", "", "", "", "platform", "START")))
            .IsEqualTo("2026-01-01 03:00:00.000  x                     START");
    }

    private static WorkerStatus Worker(string function, string state) => new() { Function = function, State = state };
}
