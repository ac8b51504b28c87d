using System.Text.Json;
using Esb.AdminProtocol;

namespace Esb.Gateway.Tests.Admin;

/// <summary>The wire format of the admin port, which an <c>esb</c> of another version reads.</summary>
internal sealed class AdminDocumentTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Test]
    public async Task The_status_has_the_names_that_every_version_has()
    {
        var status = new StatusDocument
        {
            Version = "1",
            StartedAt = Time,
            Pid = 7,
            Configuration = new ConfigurationStatus
            {
                Hash = "h",
                LoadedAt = Time,
                Functions = 1,
                Routes = 2,
                Error = new ConfigurationError("m", "c", "f", 1, 2),
            },
            Functions = [new FunctionStatus { Name = "f", P50 = 1.5, Routes = ["GET /"], Application = "a" }],
            Routes = [new RouteStatus("GET", "/", "f", "2.0", "f", "a")],
            Workers = [new WorkerStatus { Id = "w", Function = "f", StartedAt = Time }],
            Asynchronous = new AsynchronousStatus(1, 2, 3, 4),
            WorkersMemory = 128,
        };

        const string Wire = """
            {"version":"1","started_at":"2026-01-02T03:04:05+00:00","pid":7,
            "configuration":{"hash":"h","loaded_at":"2026-01-02T03:04:05+00:00","functions":1,"routes":2,
            "error":{"message":"m","code":"c","file":"f","line":1,"column":2}},
            "functions":[{"name":"f","revision":"","runtime":"","workers":0,"busy":0,"max_workers":0,"queue":0,
            "calls":0,"errors":0,"timeouts":0,"throttles":0,"cold_starts":0,"calls_per_minute":0,
            "p50_ms":1.5,"p99_ms":null,"last_error":null,"last_error_at":null,"routes":["GET /"],
            "application":"a"}],
            "routes":[{"method":"GET","path":"/","function":"f","payload":"2.0","target":"f",
            "application":"a","closed":null}],
            "workers":[{"id":"w","function":"f","revision":"","state":"","address":"",
            "started_at":"2026-01-02T03:04:05+00:00","description":""}],
            "asynchronous":{"pending":1,"pending_bytes":2,"given_up":3,"damaged_records":4},
            "workers_memory":128}
            """;
        await Assert.That(JsonSerializer.Serialize(status, AdminJson.Default.StatusDocument))
            .IsEqualTo(Wire.ReplaceLineEndings(""));
    }

    [Test]
    public async Task The_three_files_are_bytes_and_a_refusal_has_none_of_them()
    {
        var files = new ServedFiles
        {
            Hash = "h",
            Folder = "/c",
            RuntimeFolder = "/r",
            Functions = "a: "u8.ToArray(),
            Routing = "b"u8.ToArray(),
            Resources = default(ReadOnlyMemory<byte>),
        };
        var refusal = new ServedFiles { Message = "no", RuntimeFolder = "/r", RuntimeIdentity = "1:2" };

        await Assert.That(JsonSerializer.Serialize(files, ServedFilesJson.Default.ServedFiles)).IsEqualTo(
            """{"hash":"h","folder":"/c","runtime_folder":"/r","functions":"YTog","routing":"Yg==","resources":""}""");
        await Assert.That(JsonSerializer.Serialize(refusal, ServedFilesJson.Default.ServedFiles))
            .IsEqualTo("""{"runtime_folder":"/r","runtime_identity":"1:2","message":"no"}""");
    }

    [Test]
    public async Task A_query_for_log_lines_is_parsed_back_unchanged()
    {
        var query = new LogQuery { Function = "f", Application = "a", Since = "10m", Text = "x&y=z ü", Follow = true };

        var written = new Uri($"http://127.0.0.1{query}");
        var parameters = written.Query.TrimStart('?').Split('&').Select(p => p.Split('='))
            .ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));

        await Assert.That(written.AbsolutePath).IsEqualTo(AdminPath.Logs);
        await Assert.That(parameters.Keys).IsEquivalentTo(["function", "application", "since", "grep", "follow"]);
        await Assert.That(LogQuery.Read(parameters.GetValueOrDefault)).IsEqualTo(query);
        await Assert.That(LogQuery.Read(_ => "")).IsEqualTo(new LogQuery());
    }
}
