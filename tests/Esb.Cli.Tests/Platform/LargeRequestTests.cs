using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Platform;

/// <summary>
/// Large requests to the database: it reads a body in one go, so that several at once would hold it for everybody.
/// </summary>
internal sealed class LargeRequestTests : IDisposable
{
    // Keeps what it is asked to /hold until it is asked to /go; answers with how many it has held at most at once.
    private const string Server =
        """
        const held = [];
        let most = 0;
        const server = require('http').createServer((request, response) => {
          request.on('data', () => {});
          request.on('end', () => {
            if (request.url !== '/hold') {
              response.end(String(most));
              if (request.url === '/go') held.splice(0).forEach((one) => one.end('done'));
              return;
            }
            held.push(response);
            most = Math.max(most, held.length);
          });
        });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        """;

    private const int Megabyte = 1024 * 1024;

    private readonly StateFolder _state = new(Path.Combine(
        Directory.CreateTempSubdirectory("esb-large-").FullName, "default"));
    private Process? _node;
    private HttpClient? _http;

    [Test]
    public async Task Large_bodies_are_read_one_after_another_and_small_ones_in_between()
    {
        await StartAsync();
        var bodies = Enumerable.Range(0, 4).Select(_ => new SentContent(2 * Megabyte)).ToList();
        var large = bodies.Select(body => AskAsync("/hold", body)).ToList();
        foreach (var body in bodies)
            await body.Sent.WaitAsync(Waits.Longest);
        // What is still under way is read by now: the database turns once for each of these.
        for (var turn = 0; turn < 200; turn++)
            await Assert.That((await AskAsync("/", "{}")).Status).IsEqualTo(200);
        await Assert.That((await AskAsync("/", "{}")).Body).IsEqualTo("1");
        while (!large.TrueForAll(l => l.IsCompleted))
            await AskAsync("/go", "{}");
        await Assert.That((await Task.WhenAll(large)).Select(l => l.Status).Distinct()).IsEquivalentTo([200]);
        await Assert.That((await AskAsync("/", "{}")).Body).IsEqualTo("1");
    }

    [Test]
    public async Task More_than_may_wait_is_told_to_try_again()
    {
        await StartAsync();
        var large = Enumerable.Range(0, 6).Select(_ => AskAsync("/hold", new string(' ', 15 * Megabyte))).ToList();
        var first = await await Task.WhenAny(large);
        await Assert.That(first.Status).IsEqualTo(400);
        await Assert.That(first.Body).Contains("ThrottlingException");
        while (!large.TrueForAll(l => l.IsCompleted))
            await AskAsync("/go", "{}");
        await Assert.That((await Task.WhenAll(large)).Count(l => l.Status == 200)).IsBetween(4, 5);
        await Assert.That((await AskAsync("/go", new string(' ', 15 * Megabyte))).Status).IsEqualTo(200);
    }

    [Test]
    public async Task Who_goes_away_while_it_waits_holds_up_nobody()
    {
        await StartAsync();
        var first = AskAsync("/hold", new string(' ', 2 * Megabyte));
        while ((await AskAsync("/", "{}")).Body != "1")
            await Task.Yield();
        using (var gone = new CancellationTokenSource())
        {
            var second = AskAsync("/hold", new string(' ', 2 * Megabyte), gone.Token);
            await gone.CancelAsync();
            await Assert.That(async () => await second).Throws<OperationCanceledException>();
        }

        var third = AskAsync("/", new string(' ', 2 * Megabyte));
        while (!first.IsCompleted)
            await AskAsync("/go", "{}");
        await Assert.That((await third).Body).IsEqualTo("1");
    }

    [Test]
    [Arguments(199_999, 200)]
    [Arguments(700_000, 400)]
    public async Task A_body_of_more_values_than_an_item_can_have_is_refused_before_it_is_read(int values, int status)
    {
        await StartAsync();
        var list = string.Join(',', Enumerable.Repeat("""{"N":"1"}""", values));
        var answer = await AskAsync(
            "/", "{\"Item\":{\"x\":{\"L\":[" + list + "]},\"signs\":{\"S\":\"" + new string(',', 700_000) + "\"}}}");
        await Assert.That(answer.Status).IsEqualTo(status);
        await Assert.That(answer.Body.Contains(
            "more values than this database takes at once", StringComparison.Ordinal)).IsEqualTo(status == 400);
    }

    public void Dispose()
    {
        _http?.Dispose();
        _node?.Kill();
        _node?.WaitForExit();
        _node?.Dispose();
        Directory.Delete(_state.Root, recursive: true);
    }

    private async Task StartAsync()
    {
        _state.Create();
        new DatabaseInstallation(_state).CheckNeeds();
        var script = DatabaseInstallation.ScriptsBefore(_state)
            .Single(s => s.EndsWith("/whole-requests.cjs", StringComparison.Ordinal));
        _node = Process.Start(new ProcessStartInfo(Executables.Find("node")!, ["--require", script, "--eval", Server])
        {
            RedirectStandardOutput = true,
        })!;
        var port = int.Parse((await _node.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Waits.Longest };
    }

    private async Task<(int Status, string Body)> AskAsync(
        string path,
        string body,
        CancellationToken cancellationToken = default)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        return await AskAsync(path, content, cancellationToken);
    }

    private async Task<(int Status, string Body)> AskAsync(
        string path,
        HttpContent content,
        CancellationToken cancellationToken = default)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        using var response = await _http!.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>A body that says when all of it was handed to the connection.</summary>
    private sealed class SentContent(int length) : ByteArrayContent(Encoding.UTF8.GetBytes(new string(' ', length)))
    {
        private readonly TaskCompletionSource _sent = new();

        public Task Sent => _sent.Task;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await base.SerializeToStreamAsync(stream, context);
            _sent.TrySetResult();
        }
    }
}
