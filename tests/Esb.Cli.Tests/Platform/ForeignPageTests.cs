using Esb.Origins;

namespace Esb.Cli.Tests.Platform;

/// <summary>The rule about foreign pages that all ports share.</summary>
internal sealed class ForeignPageTests
{
    private const string Names = "gateway, ESB.example.com, .s3.example.com";

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
    // The platform's own page, and an address that a user typed.
    [Arguments("127.0.0.1:9002", "http://127.0.0.1:9002", "same-origin", true)]
    [Arguments("127.0.0.1:9002", "", "none", true)]
    [Arguments("esb.example.com", "https://esb.example.com", "same-origin", true)]
    // Foreign pages.
    [Arguments("127.0.0.1:8000", "", "cross-site", false)]
    [Arguments("127.0.0.1:8000", "", "same-site", false)]
    [Arguments("127.0.0.1:8000", "http://127.0.0.1:3000", "same-site", false)]
    [Arguments("127.0.0.1:8000", "http://evil.example", "", false)]
    [Arguments("127.0.0.1:8000", "null", "", false)]
    [Arguments("127.0.0.1:8000", "http://127.0.0.1:80000", "", false)]
    [Arguments("localhost:8000", "http://127.0.0.1:8000", "", false)]
    // Host names that resolve to this machine.
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
    public async Task A_foreign_page_is_distinguished_from_a_program(
        string host,
        string origin,
        string site,
        bool passes)
    {
        var guard = new PageGuard(AllowedHosts.TryParse(Names)!, hasPages: true);
        await Assert.That(guard.Refusal(host, origin, site) is null).IsEqualTo(passes);
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
    public async Task A_request_that_a_proxy_passes_on_is_distinguished_from_one_of_a_program(
        string header,
        bool passes)
    {
        await Assert.That(ProxyMarks.Contains(header[..header.IndexOf(':', StringComparison.Ordinal)]))
            .IsEqualTo(!passes);
    }

    [Test]
    [Arguments("http://esb.example.com")]
    [Arguments("esb.example.com:80")]
    [Arguments("gateway database")]
    [Arguments("*")]
    public async Task An_invalid_host_name_is_not_a_valid_setting(string text)
    {
        await Assert.That(AllowedHosts.TryParse(text)).IsNull();
        await Assert.That(AllowedHosts.TryParse("")).IsNotNull();
    }
}
