using System.Net;
using System.Text;
using Esb.EndToEnd.Tests.Platforms;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Invoking;

/// <summary>A foreign page in a real browser on this machine, which tries every port of the platform.</summary>
[ClassDataSource<HandWrittenPlatform>(Shared = SharedType.PerTestSession)]
internal sealed class ForeignPageTests(HandWrittenPlatform shared)
{
    // Invokes functions with a request without a preflight and with a form, fetches an event, and reads tables, objects
    // and the status.
    private const string Page =
        """
        <!doctype html><pre></pre><iframe name="inside"></iframe>
        <form target="inside" method="post" enctype="text/plain" action="http://127.0.0.1:{gateway}/2015-03-31/functions/echo/invocations"><input name='{"write":"{file}","x":"' value='"}'></form>
        <script>
        const say = (text) => document.querySelector('pre').append(text + '\n');
        const reach = async (name, url, init) => {
          try {
            const answer = await fetch(url, init);
            say(`${name}: ${answer.type} [${await answer.text()}]`);
          } catch {
            say(`${name}: refused`);
          }
        };
        (async () => {
          document.forms[0].submit();
          const simple = { method: 'POST', mode: 'no-cors', body: '{"write":"{file}"}' };
          await reach('invoke', 'http://127.0.0.1:{gateway}/2015-03-31/functions/echo/invocations', simple);
          await reach('next', 'http://127.0.0.1:{runtime}/2018-06-01/runtime/invocation/next', { mode: 'no-cors' });
          await reach('status', 'http://127.0.0.1:{admin}/status');
          await reach('objects', 'http://127.0.0.1:{objects}/');
          await reach('tables', 'http://127.0.0.1:{database}/', { method: 'POST', body: '{}', headers: {
            'Content-Type': 'application/x-amz-json-1.0', 'X-Amz-Target': 'DynamoDB_20120810.ListTables', 'X-Amz-Date': '20260101T000000Z',
            Authorization: 'AWS4-HMAC-SHA256 Credential=esb/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0' } });
          await new Promise((resolve) => setTimeout(resolve, 500));
          say('done');
        })();
        </script>
        """;

    [Test]
    [Arguments("127.0.0.1")]
    [Arguments("evil.example")]
    public async Task A_page_of_another_site_neither_invokes_nor_reads_anything(string site)
    {
        var platform = shared.Platform;
        var file = Path.Combine(shared.Folder, $"by-page-{site}");
        using var server = new HttpListener();
        var port = FreePorts.Take(1)[0];
        server.Prefixes.Add($"http://*:{port}/");
        server.Start();
        var serving = ServeAsync(server, Page
            .Replace("{gateway}", $"{platform.GatewayPort}", StringComparison.Ordinal)
            .Replace("{admin}", $"{platform.AdminPort}", StringComparison.Ordinal)
            .Replace("{runtime}", $"{platform.RuntimeApiPort}", StringComparison.Ordinal)
            .Replace("{objects}", $"{platform.StoresPort}", StringComparison.Ordinal)
            .Replace("{database}", $"{platform.StoresPort}", StringComparison.Ordinal)
            .Replace("{file}", file, StringComparison.Ordinal));
        var seen = await BrowseAsync($"page-{site}", $"http://{site}:{port}/");
        server.Stop();
        await serving;

        await Assert.That(seen).Contains("done").Because(seen);
        await Assert.That(seen).Contains("tables: refused").And.Contains("status: refused").And.Contains(
            "objects: refused").Because(seen);
        await Assert.That(File.Exists(file)).IsFalse().Because("the page invoked a function");
    }

    [Test]
    [Arguments("admin", "/status")]
    [Arguments("admin", "/logs")]
    [Arguments("gateway", "/2015-03-31/functions")]
    public async Task A_foreign_host_name_that_resolves_to_this_machine_shows_nothing(string which, string path)
    {
        var port = which == "admin" ? shared.Platform.AdminPort : shared.Platform.GatewayPort;
        var seen = await BrowseAsync($"rebound-{which}{path.Replace('/', '-')}", $"http://evil.example:{port}{path}");
        await Assert.That(seen).Contains("the name in Host is not one of this platform").Because(seen);
        await Assert.That(seen).DoesNotContain("together");
    }

    private async Task<string> BrowseAsync(string name, string address)
    {
        var browser = new[] { "/usr/bin/chromium-headless-shell", "/usr/bin/chromium" }.First(File.Exists);
        var result = await shared.Platform.RunAsync(
            browser,
                new Dictionary<string, string?>(),
                "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
                "--host-resolver-rules=MAP evil.example 127.0.0.1",
            $"--user-data-dir={Path.Combine(shared.Folder, name)}",
            "--virtual-time-budget=10000",
            "--dump-dom",
            address);
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        return result.Output;
    }

    private static async Task ServeAsync(HttpListener server, string page)
    {
        try
        {
            while (true)
            {
                var context = await server.GetContextAsync();
                context.Response.ContentType = "text/html";
                context.Response.Close(Encoding.UTF8.GetBytes(page), willBlock: true);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test has stopped it.
        }
    }
}
