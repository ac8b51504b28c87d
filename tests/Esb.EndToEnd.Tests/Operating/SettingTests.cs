using System.Net.Sockets;
using System.Text.Json;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Operating;

/// <summary>The effect of environment variables and signals on the gateway.</summary>
internal sealed class SettingTests
{
    private const string OneFunction =
        """
        version: 1
        functions:
          lone:
            code: /srv/lone
            handler: app.handler
            runtime: python3.11
        """;

    [Test]
    public async Task SIGHUP_makes_the_gateway_read_files_that_it_does_not_check_on_an_interval()
    {
        await using var gateway = new LoneGateway(("CONFIG_RELOAD_INTERVAL", "0"));
        await gateway.ReadyAsync();
        await File.WriteAllTextAsync(Path.Combine(gateway.Folder, "functions.yml"), OneFunction);
        await Assert.That(await gateway.FunctionsAsync()).IsEqualTo(0);
        await gateway.SignalAsync("HUP");
        await Eventually.TrueAsync(async () => await gateway.FunctionsAsync() == 1);
        await Assert.That(gateway.Process.HasExited).IsFalse();
    }

    [Test]
    public async Task A_connection_beyond_the_limit_is_closed_and_one_that_ends_makes_room()
    {
        await using var gateway = new LoneGateway(("MAX_CONNECTIONS", "2"));
        // Keeps one of the two connections open, and reuses it.
        await gateway.ReadyAsync();
        using var second = await ConnectAsync(gateway.Port);
        await Assert.That(await AnswersAsync(second)).IsTrue();
        using (var third = await ConnectAsync(gateway.Port))
            await Assert.That(await AnswersAsync(third)).IsFalse();
        second.Dispose();
        await Eventually.TrueAsync(async () =>
        {
            using var next = await ConnectAsync(gateway.Port);
            return await AnswersAsync(next);
        });
    }

    [Test]
    public async Task The_access_log_has_a_line_of_JSON_for_each_request_without_its_query()
    {
        await using var gateway = new LoneGateway(("ACCESS_LOG", "{folder}/access.log"));
        await gateway.ReadyAsync();
        using var answer = await gateway.Client.GetAsync(new Uri("/none?token=secret", UriKind.Relative));
        var log = Path.Combine(gateway.Folder, "access.log");
        string? line = null;
        await Eventually.TrueAsync(() => File.Exists(log) && (line = File.ReadLines(log)
            .FirstOrDefault(l => l.Contains("/none", StringComparison.Ordinal))) is not null);
        using var entry = JsonDocument.Parse(line!);
        await Assert.That(entry.RootElement.GetProperty("method").GetString()).IsEqualTo("GET");
        await Assert.That(entry.RootElement.GetProperty("path").GetString()).IsEqualTo("/none");
        await Assert.That(entry.RootElement.GetProperty("status").GetInt32()).IsEqualTo((int)answer.StatusCode);
        await Assert.That(line!).DoesNotContain("secret");
    }

    [Test]
    public async Task The_gateway_keeps_its_own_log_within_its_limit_and_loses_no_line()
    {
        await using var gateway = new LoneGateway(
            ("ACCESS_LOG", "-"),
            ("LOG_FILE", "{folder}/logs/gateway.log"),
            ("LOG_MAX_SIZE", "4k"),
            ("LOG_MAX_FILES", "100"));
        await gateway.ReadyAsync();
        for (var i = 0; i < 300; i++)
            (await gateway.Client.GetAsync(new Uri($"/none/{i}", UriKind.Relative))).Dispose();
        await gateway.SignalAsync("TERM");
        await gateway.Process.WaitForExitAsync();
        var files = Directory.GetFiles(Path.Combine(gateway.Folder, "logs"));
        await Assert.That(files.Length).IsGreaterThan(5);
        await Assert.That(files.Max(file => new FileInfo(file).Length)).IsLessThanOrEqualTo(4096);
        var lines = files.SelectMany(File.ReadAllLines).ToList();
        for (var i = 0; i < 300; i++)
            await Assert.That(lines.Count(line => line.Contains($"\"/none/{i}\"", StringComparison.Ordinal)))
                .IsEqualTo(1);
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", port);
        return socket;
    }

    private static async Task<bool> AnswersAsync(Socket socket)
    {
        try
        {
            await socket.SendAsync("GET /health HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray());
            return await socket.ReceiveAsync(new byte[4096]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
