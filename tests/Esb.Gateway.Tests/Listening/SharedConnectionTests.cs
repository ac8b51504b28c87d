using System.Net;
using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Requests;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

/// <summary>
/// Requests of several clients on one HTTP/2 connection, as behind a proxy: none of them affects the others.
/// </summary>
internal sealed class SharedConnectionTests : IDisposable
{
    private readonly Certificates _certificates = new();
    private int _served;
    private string? _seen;

    public void Dispose() => _certificates.Dispose();

    [Test]
    [Arguments("x-long", 10_240, 1, 431)]
    [Arguments("x-long", 30_000, 1, 431)]
    [Arguments("x-long", 12_000, 1, 431)]
    [Arguments("cookie", 30_000, 1, 431)]
    [Arguments("x-many", 1_500, 20, 431)]
    [Arguments("x-many", 1, 201, 431)]
    [Arguments("x-many", 1, 600, 431)]
    [Arguments("cookie", 40, 600, 431)]
    [Arguments("x-many", 1, 990, 431)]
    [Arguments(":path", 10_300, 1, 414)]
    [Arguments(":path", 15_000, 1, 414)]
    [Arguments("x-long", 9_000, 1, 200)]
    [Arguments(":path", 9_000, 1, 200)]
    [Arguments("x-many", 1, 150, 200)]
    public async Task A_head_that_is_too_large_is_refused_without_affecting_other_requests(
        string name,
        int length,
        int times,
        int status)
    {
        var value = (name == ":path" ? "/" : "") + new string('x', length);
        await Assert.That(await SendWithAnotherAsync([.. Enumerable.Repeat((name, value), times)])).IsEqualTo(status);
    }

    [Test]
    [Arguments("x-a", "\u00ff")]
    [Arguments("x-a", "a\u00c3")]
    [Arguments("x-a", "\u00ed\u00a0\u0080")]
    [Arguments("x-a", "\u00ef\u00bf\u00bf")]
    [Arguments("x-a", "a\r\nx-b: c")]
    [Arguments("x-a", "a\nb")]
    [Arguments("x-a", "a\rb")]
    [Arguments("x-a", "a\0b")]
    [Arguments("user-agent", "\u00ff")]
    [Arguments("cookie", "a=\u00ff")]
    [Arguments("authorization", "a\nb")]
    [Arguments("content-length", "abc")]
    [Arguments("content-length", "+5")]
    [Arguments("content-length", "")]
    [Arguments("content-length", "99999999999999999999")]
    [Arguments(":path", "/a b")]
    [Arguments(":path", "/a ")]
    [Arguments(":path", "/a\tb")]
    [Arguments(":path", "/a#b")]
    [Arguments(":path", "/\u00c3\u00a4")]
    public async Task A_field_with_an_invalid_value_is_400_without_affecting_other_requests(
        string name,
        string value) =>
        await Assert.That(await SendWithAnotherAsync((name, value))).IsEqualTo(400);

    [Test]
    [Arguments(":path", "/\u00ff")]
    [Arguments(":path", "/a\nb")]
    [Arguments(":authority", "a b")]
    [Arguments(":authority", "\u00ff")]
    [Arguments(":method", "G T")]
    [Arguments(":scheme", "ftp")]
    public async Task A_wrong_pseudo_header_field_ends_only_its_own_request(string name, string value) =>
        await Assert.That(await SendWithAnotherAsync((name, value))).IsEqualTo(400).Or.IsEqualTo(-1);

    [Test]
    [Arguments("x-a", "\u00c3\u00a4", "\u00e4")]
    [Arguments("x-a", "a\tb", "a\tb")]
    [Arguments("x-a", " admin", "admin")]
    [Arguments("x-a", "admin ", "admin")]
    [Arguments("x-a", "\tadmin \t", "admin")]
    public async Task Other_text_is_passed_on_without_surrounding_whitespace(string name, string value, string expected)
    {
        await Assert.That(await SendWithAnotherAsync((name, value))).IsEqualTo(200);
        await Assert.That(_seen).IsEqualTo(expected);
    }

    [Test]
    [Arguments("GET / HTTP/1.1\nHost: h\nX-Long: {10240}\n\n", 431)]
    [Arguments("GET / HTTP/1.1\nHost: h\nX-Long: {60000}\n\n", 431)]
    [Arguments("GET /{10300} HTTP/1.1\nHost: h\n\n", 414)]
    [Arguments("GET / HTTP/1.1\nHost: h\nX-A: \u00ff\n\n", 400)]
    [Arguments("GET / HTTP/1.1\nHost: h\nX-Long: {9000}\n\n", 200)]
    public async Task The_statuses_are_the_same_as_over_HTTP1_on_the_same_port_and_on_one_without_TLS(
        string request,
        int status)
    {
        var text = System.Text.RegularExpressions.Regex.Replace(
            request,
            "{([0-9]+)}",
            m => new string('x', int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
        await using var plain = await StartAsync(isSecure: false);
        await Assert.That((await RawClient.SendAsync(plain.Address.Port, text)).Status).IsEqualTo(status);
        await using var secure = await StartAsync(isSecure: true);
        await Assert.That((await RawClient.SendAsync(secure.Address.Port, text, _certificates.ClientOptions)).Status)
            .IsEqualTo(status);
        await Assert.That(_served).IsEqualTo(status == 200 ? 2 : 0);
    }

    // The status of a request while another one, with an incomplete body, waits on the same connection; -1 when its
    // stream was reset. The other one must be answered.
    private async Task<int> SendWithAnotherAsync(params (string Name, string Value)[] fields)
    {
        await using var listener = await StartAsync(isSecure: true);
        await using var connection = await RawHttp2Connection.OpenAsync(
            listener.Address.Port, _certificates.ClientOptions);
        await connection.RequestAsync(1, "POST", hasBody: true);
        // An invalid length is also a framing error when the frames announce no body.
        await connection.RequestAsync(3, "POST", hasBody: fields[0].Name == "content-length", fields);
        var status = await connection.StatusAsync(3);
        await connection.SendDataAsync(1, 5, isEnd: true);
        await Assert.That(await connection.StatusAsync(1)).IsEqualTo(200);
        await Assert.That(_served).IsEqualTo(status == 200 ? 2 : 1);
        return status;
    }

    private async Task<Listener> StartAsync(bool isSecure)
    {
        _certificates.Write("one");
        var certificate = isSecure
            ? new TlsCertificate(
                new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
                NullLogger<TlsCertificate>.Instance,
                TimeProvider.System)
            : null;
        RequestDelegate handler = async context =>
        {
            Interlocked.Increment(ref _served);
            _seen = context.Request.Headers["x-a"].ToString() is { Length: > 0 } seen ? seen : _seen;
            await context.Request.Body.CopyToAsync(Stream.Null);
        };
        var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            handler,
            NullLoggerFactory.Instance,
            new ListenerRules(options => PublicPort.Limit(options, 1000), Certificate: certificate));
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }
}
