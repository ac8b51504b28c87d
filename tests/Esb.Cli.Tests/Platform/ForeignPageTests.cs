using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Processes;
using Esb.Origins;

namespace Esb.Cli.Tests.Platform;

/// <summary>The rule about pages, in the gateway's words and in those that node loads before the database.</summary>
internal sealed class ForeignPageTests
{
    private const string Names = "gateway, ESB.example.com, .s3.example.com";

    // Answers what it is asked, leaves every origin to read it, and tells its port.
    private const string Server =
        """
        const server = require('http').createServer((request, response) => {
          response.setHeader('Access-Control-Allow-Origin', '*');
          response.end('reached');
        });
        server.listen(0, '127.0.0.1', () => console.log(server.address().port));
        """;

    [Test]
    // Programs.
    [Arguments("127.0.0.1:8000", "", "", true)]
    [Arguments("localhost", "", "", true)]
    [Arguments("LOCALHOST:8000", "", "", true)]
    [Arguments("localhost.:8000", "", "", true)]
    [Arguments("[::1]:8000", "", "", true)]
    [Arguments("[::1]", "", "", true)]
    [Arguments("192.168.1.20:8000", "", "", true)]
    [Arguments("bucket.localhost:9000", "", "", true)]
    [Arguments("gateway:9001", "", "", true)]
    [Arguments("esb.example.com", "", "", true)]
    [Arguments("s3.example.com", "", "", true)]
    [Arguments("bucket.s3.example.com:9000", "", "", true)]
    // The platform's own page, and an address that somebody has typed.
    [Arguments("127.0.0.1:9002", "http://127.0.0.1:9002", "same-origin", true)]
    [Arguments("127.0.0.1:9002", "", "none", true)]
    [Arguments("esb.example.com", "https://esb.example.com", "same-origin", true)]
    // Pages of others.
    [Arguments("127.0.0.1:8000", "", "cross-site", false)]
    [Arguments("127.0.0.1:8000", "", "same-site", false)]
    [Arguments("127.0.0.1:8000", "http://127.0.0.1:3000", "same-site", false)]
    [Arguments("127.0.0.1:8000", "http://evil.example", "", false)]
    [Arguments("127.0.0.1:8000", "null", "", false)]
    [Arguments("127.0.0.1:8000", "http://127.0.0.1:80000", "", false)]
    [Arguments("localhost:8000", "http://127.0.0.1:8000", "", false)]
    // Names that lead here.
    [Arguments("evil.example:8000", "", "", false)]
    [Arguments("evil.example:8000", "http://evil.example:8000", "same-origin", false)]
    [Arguments("127.0.0.1.evil.example", "", "", false)]
    [Arguments("0.0.0.0:9000", "", "", false)]
    [Arguments("[::]:9000", "", "", false)]
    [Arguments("notlocalhost", "", "", false)]
    [Arguments("localhost.evil.example", "", "", false)]
    [Arguments("nots3.example.com", "", "", false)]
    [Arguments("below.gateway", "", "", false)]
    [Arguments("database:8000", "", "", false)]
    public async Task A_page_of_somebody_else_is_told_from_a_program_the_same_way_everywhere(
        string host,
        string origin,
        string site,
        bool passes)
    {
        var guard = new PageGuard(AllowedHosts.TryParse(Names)!, hasPages: true);
        await Assert.That(guard.Refusal(host, origin, site) is null).IsEqualTo(passes);
        var answer = await AskAsync(
            $"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
                + $"{(origin.Length > 0 ? $"Origin: {origin}\r\n" : "")}"
                + $"{(site.Length > 0 ? $"Sec-Fetch-Site: {site}\r\n" : "")}\r\n");
        await Assert.That(answer).StartsWith(passes ? "HTTP/1.1 200" : "HTTP/1.1 403");
        await Assert.That(answer.Contains("reached", StringComparison.Ordinal)).IsEqualTo(passes);
        await Assert.That(answer).DoesNotContain("Access-Control-");
    }

    [Test]
    [Arguments("Forwarded: for=10.0.0.7", false)]
    [Arguments("Via: 1.1 proxy", false)]
    [Arguments("CDN-Loop: cdn.example", false)]
    [Arguments("X-Forwarded: for=10.0.0.7", false)]
    [Arguments("X-Forwarded-For: 10.0.0.7", false)]
    [Arguments("x-forwarded-host: esb.example.com", false)]
    [Arguments("X-ForwardedFor: 10.0.0.7", false)]
    [Arguments("X-Original-Forwarded-For: 10.0.0.7", false)]
    [Arguments("X-Real-IP: 10.0.0.7", false)]
    [Arguments("x-real-ip:", false)]
    [Arguments("X-Client-IP: 10.0.0.7", false)]
    [Arguments("Client-IP: 10.0.0.7", false)]
    [Arguments("X-Cluster-Client-IP: 10.0.0.7", false)]
    [Arguments("True-Client-IP: 10.0.0.7", false)]
    [Arguments("CF-Connecting-IP: 10.0.0.7", false)]
    [Arguments("CF-Ray: 1", false)]
    [Arguments("Fastly-Client-IP: 10.0.0.7", false)]
    [Arguments("Fly-Client-IP: 10.0.0.7", false)]
    [Arguments("X-Azure-ClientIP: 10.0.0.7", false)]
    [Arguments("CloudFront-Viewer-Address: 10.0.0.7:1", false)]
    [Arguments("X-Envoy-External-Address: 10.0.0.7", false)]
    [Arguments("X-Varnish: 1", false)]
    [Arguments("Tailscale-User-Login: a", false)]
    [Arguments("Proxy-Connection: keep-alive", false)]
    // What programs and SDKs send.
    [Arguments("X-Amzn-Trace-Id: Root=1-55267070-abcdef012345678912345678", true)]
    [Arguments("amz-sdk-invocation-id: 1", true)]
    [Arguments("X-Amz-Target: DynamoDB_20120810.ListTables", true)]
    [Arguments("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true)]
    [Arguments("X-Api-Key: k", true)]
    [Arguments("Cache-Control: no-cache", true)]
    [Arguments("User-Agent: via", true)]
    public async Task What_a_proxy_hands_on_is_told_from_what_a_program_sends_the_same_way_everywhere(
        string header,
        bool passes)
    {
        await Assert.That(ProxyMarks.Contains(header[..header.IndexOf(':', StringComparison.Ordinal)]))
            .IsEqualTo(!passes);
        var answer = await AskAsync($"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{header}\r\n\r\n");
        await Assert.That(answer).StartsWith(passes ? "HTTP/1.1 200" : "HTTP/1.1 403");
        await Assert.That(answer.Contains("reached", StringComparison.Ordinal)).IsEqualTo(passes);
    }

    [Test]
    public async Task The_database_takes_a_request_of_HTTP_1_0_for_one_that_a_proxy_hands_on() =>
        await Assert.That(await AskAsync("GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")).StartsWith("HTTP/1.1 403");

    [Test]
    [Arguments("/", "Host: localhost\r\nHost: localhost", 400)]
    [Arguments("/", "Host: localhost\r\nhost: evil.example", 400)]
    [Arguments("/", "Host: localhost, evil.example", 400)]
    [Arguments("/", "Host: local host", 400)]
    [Arguments("/", "Host: me@localhost", 400)]
    [Arguments("/", "Host: localhost:", 400)]
    [Arguments("/", "Host: localhost:80a", 400)]
    [Arguments("/", "Host: :8000", 400)]
    [Arguments("/", "Host: localhost/x", 400)]
    [Arguments("/", "Host: [::1", 400)]
    [Arguments("/", "Host: [localhost]", 400)]
    [Arguments("/", "Host: 127.0.0.1]", 400)]
    [Arguments("/", "X-Nothing: 1", 400)]
    [Arguments("http://evil.example/", "Host: localhost", 400)]
    [Arguments("http://localhost/", "Host: localhost", 200)]
    [Arguments("/", "Host:", 200)]
    [Arguments("/", "Host: [::1]:8000", 200)]
    public async Task The_database_takes_one_Host_that_is_a_name_or_an_address_as_the_other_ports_do(
        string target,
        string header,
        int status) =>
        await Assert.That(await AskAsync($"GET {target} HTTP/1.1\r\nConnection: close\r\n{header}\r\n\r\n"))
            .StartsWith($"HTTP/1.1 {status}");

    [Test]
    [Arguments("http://esb.example.com")]
    [Arguments("esb.example.com:80")]
    [Arguments("gateway database")]
    [Arguments("*")]
    public async Task What_is_no_name_is_no_setting(string text)
    {
        await Assert.That(AllowedHosts.TryParse(text)).IsNull();
        await Assert.That(AllowedHosts.TryParse("")).IsNotNull();
    }

    private static async Task<string> AskAsync(string request)
    {
        var folder = Directory.CreateTempSubdirectory("esb-pages-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "foreign-pages.cjs"), DatabaseInstallation.ForeignPagesScript());
        var start = new ProcessStartInfo(Executables.Find("node")!, [
            "--require", Path.Combine(folder, "foreign-pages.cjs"), "--eval", Server,
        ])
        { RedirectStandardOutput = true };
        start.Environment[AllowedHosts.Variable] = Names;
        using var node = Process.Start(start)!;
        try
        {
            var port = int.Parse(
                (await node.StandardOutput.ReadLineAsync())!, System.Globalization.CultureInfo.InvariantCulture);
            using var client = new TcpClient("127.0.0.1", port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync();
        }
        finally
        {
            node.Kill();
            await node.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
