using System.Net;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

/// <summary>What is malformed is so in every form in which a request can be sent.</summary>
internal sealed class MalformedRequestTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Test]
    [Arguments("x-a\r\nevil", 400)]
    [Arguments("x-a\nevil", 400)]
    [Arguments("x:evil", 400)]
    [Arguments("x-api-key ", 400)]
    [Arguments(" x-api-key", 400)]
    [Arguments("x a", 400)]
    [Arguments("x\ta", 400)]
    [Arguments("x\u0001a", 400)]
    [Arguments("x\"a", 400)]
    [Arguments("x-api-key", 200)]
    [Arguments("x!#$%&'*+.^_`|~9", 200)]
    [Arguments("accept", 200)]
    public async Task A_name_over_HTTP2_that_is_no_name_is_400_beside_others_that_are(string name, int status) =>
        await Assert.That(await GetOverHttp2Async(name, "v")).IsEqualTo(status);

    [Test]
    [Arguments("connection", "keep-alive", 400)]
    [Arguments("connection", "close", 400)]
    [Arguments("transfer-encoding", "chunked", 400)]
    [Arguments("transfer-encoding", "", 400)]
    [Arguments("keep-alive", "timeout=5", 400)]
    [Arguments("upgrade", "websocket", 400)]
    [Arguments("proxy-connection", "keep-alive", 400)]
    [Arguments("te", "gzip", 400)]
    [Arguments("te", "trailers, gzip", 400)]
    [Arguments("te", "", 400)]
    [Arguments("te", "trailers", 200)]
    [Arguments("trailer", "x", 200)]
    [Arguments("content-encoding", "gzip", 200)]
    public async Task A_field_over_HTTP2_that_is_for_a_connection_of_HTTP1_is_400(string name, string value, int status)
    {
        var seen = await GetOverHttp2Async(name, value);
        // Kestrel resets the stream, or ends the connection, for the ones that it looks for itself.
        await Assert.That(seen == 0 && name is "connection" or "te" ? 400 : seen).IsEqualTo(status);
    }

    private async Task<int> GetOverHttp2Async(string name, string value)
    {
        _certificates.Write("one");
        var certificate = new TlsCertificate(new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile), NullLogger<TlsCertificate>.Instance, TimeProvider.System);
        await using var listener = await StartAsync(new ListenerRules(Certificate: certificate));
        return await RawHttp2Client.GetAsync(listener.Address.Port, _certificates.ClientOptions, ("user-agent", "u"), (name, value), ("x-last", "l"));
    }

    [Test]
    public async Task A_tunnel_over_HTTP2_is_501_and_reaches_no_handler()
    {
        _certificates.Write("one");
        var certificate = new TlsCertificate(new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile), NullLogger<TlsCertificate>.Instance, TimeProvider.System);
        await using var listener = await StartAsync(new ListenerRules(Certificate: certificate));
        await using var client = await RawHttp2Connection.OpenAsync(listener.Address.Port, _certificates.ClientOptions);
        await client.AskAsync(1, "CONNECT", hasBody: true, (":protocol", "websocket"));
        await Assert.That(await client.StatusAsync()).IsEqualTo(501);
    }

    [Test]
    [Arguments("/a%00b", 400)]
    [Arguments("http://localhost/a%00b", 400)]
    [Arguments("http://localhost/a%00", 400)]
    [Arguments("http://localhost/%00?q", 400)]
    [Arguments("/a?q=%00", 200)]
    [Arguments("http://localhost/a?q=%00", 200)]
    [Arguments("http://localhost/a%2500", 200)]
    [Arguments("http://localhost", 200)]
    public async Task A_NUL_in_the_path_is_400_in_either_form_of_the_target(string target, int status)
    {
        await using var listener = await StartAsync(new ListenerRules());
        var answer = await RawClient.SendAsync(listener.Address.Port, $"GET {target} HTTP/1.1\nHost: localhost\n\n");
        await Assert.That(answer.Status).IsEqualTo(status);
    }

    [Test]
    [Arguments("/a#b", 400)]
    [Arguments("/a?b#c", 400)]
    [Arguments("http://localhost/a#b", 400)]
    [Arguments("/a%23b", 200)]
    public async Task A_fragment_in_a_target_is_400(string target, int status)
    {
        await using var listener = await StartAsync(new ListenerRules());
        await Assert.That((await RawClient.SendAsync(listener.Address.Port, $"GET {target} HTTP/1.1\nHost: localhost\n\n")).Status).IsEqualTo(status);
    }

    private static async Task<Listener> StartAsync(ListenerRules rules)
    {
        var listener = new Listener(new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)), _ => Task.CompletedTask, NullLoggerFactory.Instance, rules);
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }
}
