using System.Text.Json;
using Esb.Cli.Commands.Functions;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Gateway;

internal sealed class StatusTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 3, 0, 0, TimeSpan.Zero);

    private static readonly StatusDocument Status = new(
        "0.1.0",
        Now.AddHours(-3),
        new ServedConfiguration("3f9c21d0", Now.AddMinutes(-4), 12, 31, null),
        [
            new FunctionStatus("orders-get", "9b1f22aa", 2, 0, 0, 1204, 1.1, 4.0, null, null),
            new FunctionStatus("orders-report", "0c77d1e3", 0, 0, 3, 0, null, null, "Task timed out\nafter 3.00 seconds", Now.AddMinutes(-12)),
        ],
        [],
        [new WorkerStatus("orders-get", "busy"), new WorkerStatus("orders-get", "idle")]);

    [Test]
    public async Task The_view_has_one_line_for_the_gateway_and_one_a_function()
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
    public async Task Functions_and_routes_are_told_by_application_and_one_of_them_alone_where_it_is_named()
    {
        var status = Status with
        {
            Functions = [Status.Functions[0] with { Application = "shop" }, Status.Functions[1], new FunctionStatus("a", "1", 1, 0, 0, 0, null, null, null, null, "blog")],
            Routes = [new RouteStatus("GET", "/o", "orders-get", "1.0", "orders-get", "shop"), new RouteStatus("GET", "/x", "a", "1.0", "a", "blog", "the function 'a' belongs to application 'shop' now"), new RouteStatus("GET", "/h", "h", "1.0")],
        };
        var lines = StatusText.Lines(status, [], Now, int.MaxValue, new Paint(false));
        await Assert.That(lines[1]).StartsWith("APPLICATION  FUNCTION       REVISION");
        await Assert.That(string.Join(' ', lines.Skip(2).Select(l => l[..26].TrimEnd()))).IsEqualTo("blog         a shop         orders-get              orders-report");
        await Assert.That(string.Join('\n', RoutesCommand.Lines(status.Routes))).IsEqualTo("""
            APPLICATION  METHOD  PATH  FUNCTION    PAYLOAD  CLOSED
            blog         GET     /x    a           1.0      the function 'a' belongs to application 'shop' now
            shop         GET     /o    orders-get  1.0
                         GET     /h    h           1.0
            """);
        var shop = ApplicationFilter.Of(status, "shop");
        await Assert.That((shop.Functions.Single().Name, shop.Routes.Single().Path, shop.Workers.Count, shop.Configuration.Functions, shop.Configuration.Routes)).IsEqualTo(("orders-get", "/o", 2, 1, 1));
        await Assert.That(Assert.Throws<CommandFailure>(() => ApplicationFilter.Of(status, "shp")).Diagnostics[0].ToString()).Contains("there is no application 'shp'").And.Contains("did you mean 'shop'?");
    }

    [Test]
    public async Task A_document_of_one_application_has_all_that_the_gateway_says_of_it()
    {
        const string Status = """{"version":"1","functions":[{"name":"f","application":"a","calls":7},{"name":"g","application":null}],"routes":[{"path":"/f","application":"a"},{"path":"/g","application":null}],"workers":[{"function":"g"},{"function":"f"}]}""";
        await Assert.That(ApplicationFilter.Json(System.Text.Encoding.UTF8.GetBytes(Status), "a")).IsEqualTo(
            """{"version":"1","functions":[{"name":"f","application":"a","calls":7}],"routes":[{"path":"/f","application":"a"}],"workers":[{"function":"f"}]}""");
        await Assert.That(ApplicationFilter.Json("[{\"path\":\"/f\",\"application\":\"a\"},{\"path\":\"/g\"}]"u8.ToArray(), "a")).IsEqualTo("[{\"path\":\"/f\",\"application\":\"a\"}]");
        await Assert.That(ApplicationFilter.Json("[1]"u8.ToArray(), null)).IsEqualTo("[1]");
    }

    [Test]
    public async Task Files_that_could_not_be_loaded_are_said_at_the_top()
    {
        var broken = Status with { Configuration = Status.Configuration with { Error = new ErrorMessage("routing.yml:3:5: error: no") }, Functions = [] };
        var lines = StatusText.Lines(broken, [], Now, int.MaxValue, new Paint(false));
        await Assert.That(lines.Skip(1)).IsEquivalentTo(new[] { "not live: routing.yml:3:5: error: no", "No functions yet. Next: esb deploy -t template.yaml" });
    }

    [Test]
    public async Task A_part_of_the_platform_that_does_not_do_its_work_is_said_at_the_top()
    {
        var lines = StatusText.Lines(
            Status,
            [new PartDown("database", "127.0.0.1:8000", HasEnded: false, "/s/database.log"), new PartDown("agent", "/s/agent.sock", HasEnded: true, "/s/agent.log")],
            Now,
            int.MaxValue,
            new Paint(false));
        await Assert.That(lines.Skip(1).Take(2)).IsEquivalentTo(new[]
        {
            "down: the database (127.0.0.1:8000) does not answer; /s/database.log may say why",
            "down: the agent (/s/agent.sock) has ended: esb up starts it again; /s/agent.log may say why",
        });
    }

    [Test]
    public async Task The_documents_of_the_admin_port_are_read_by_their_contract_names()
    {
        var function = JsonSerializer.Deserialize(
            """[{"name":"f","revision":"r","runtime":"x","workers":2,"busy":1,"queue":3,"calls":9,"errors":4,"calls_per_minute":5,"p50_ms":1.5,"p99_ms":null,"last_error":"e","last_error_at":"2026-01-01T03:00:00Z"}]""",
            GatewayJson.Default.IReadOnlyListFunctionStatus)![0];
        await Assert.That(function).IsEqualTo(new FunctionStatus("f", "r", 2, 3, 4, 5, 1.5, null, "e", Now));
    }

    [Test]
    public async Task A_log_line_has_time_function_request_and_text_in_columns()
    {
        var text = new LogText(new Paint(false), TimeZoneInfo.Utc);
        await Assert.That(text.Line(new LogLine(Now, "orders-get", "6c9e0000-1111", "stdout", "hello"))).IsEqualTo("2026-01-01 03:00:00.000  orders-get  6c9e0000  hello");
        await Assert.That(text.Line(new LogLine(Now, "x", "", "platform", "START"))).IsEqualTo("2026-01-01 03:00:00.000  x                     START");
    }
}
