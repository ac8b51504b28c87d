using System.Net;
using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Authorizers;
using Esb.Gateway.Tests.Forwarding;
using Esb.Gateway.Tests.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

/// <summary>
/// The fields after a body: they are checked like those of a head, and an invalid one refuses only its own request.
/// </summary>
internal sealed class TrailerTests : IDisposable
{
    private const string Head =
        "POST {0} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n";

    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Test]
    [Arguments("X-A: \0\r\n", 400)]
    [Arguments("X-A: \u00ff\r\n", 400)]
    [Arguments("X-A: a\u0001\r\n", 400)]
    [Arguments("X A: b\r\n", 400)]
    [Arguments("X\u0001A: b\r\n", 400)]
    [Arguments("XA\r\n", 400)]
    [Arguments(": b\r\n", 400)]
    [Arguments("X-A: {11000}\r\n", 431)]
    [Arguments("X-A: {40000}\r\n", 431)]
    [Arguments("X-A: b\r\nX-C: \tad min\u00c3\u00a4\r\n", 200)]
    [Arguments("", 200)]
    public async Task A_bad_trailer_of_a_chunked_request_has_the_status_of_a_bad_field(string trailers, int status)
    {
        await using var backend = new Backend();
        await using var gateway = await ServedConfiguration.StartAsync(Routes(backend), Echo.Function);
        foreach (var path in (string[])["/f", "/p"])
        {
            var request = Head.Replace("{0}", path, StringComparison.Ordinal) + Long(trailers) + "\r\n";
            await Assert.That(RawAnswer.Parse(await RawClient.ExchangeAsync(gateway.Port, request)).Status)
                .IsEqualTo(status).Because(path);
        }
    }

    [Test]
    public async Task A_trailer_that_is_too_long_is_431_in_any_number_of_packets()
    {
        await using var gateway = await ServedConfiguration.StartAsync(
            "routes: [{ path: /f, method: ANY, function: echo }]", Echo.Function);
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, gateway.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            Head.Replace("{0}", "/f", StringComparison.Ordinal) + "X-A: "));
        for (var i = 0; i < 11; i++)
            await stream.WriteAsync(Encoding.Latin1.GetBytes(new string('x', 1000)));
        using var timeout = Waits.Begin();
        var answer = new byte[12];
        await stream.ReadExactlyAsync(answer, timeout.Token);
        await Assert.That(Encoding.Latin1.GetString(answer)).IsEqualTo("HTTP/1.1 431");
    }

    [Test]
    [Arguments("content-length", "5", 200)]
    [Arguments("content-length", "0", 200)]
    [Arguments("content-length", "+5", 200)]
    [Arguments("x-a", "b", 200)]
    [Arguments("x-a", "\u00ff", 400)]
    [Arguments("x-a", "a\0", 400)]
    [Arguments("x-a", "a\r\nb: c", 400)]
    [Arguments("x a", "b", 400)]
    [Arguments("x-a", "{11000}", 431)]
    public async Task A_trailer_over_HTTP2_refuses_at_most_its_own_request(string name, string value, int status)
    {
        await using var backend = new Backend();
        await using var gateway = await StartSecureAsync(backend);
        foreach (var path in (string[])["/f", "/p"])
        {
            await using var connection = await RawHttp2Connection.OpenAsync(
                gateway.Port, _certificates.ClientOptions);
            await connection.RequestAsync(1, "POST", hasBody: true, (":path", "/f"));
            await connection.RequestAsync(3, "POST", hasBody: true, (":path", path));
            await connection.SendDataAsync(3, 5);
            await connection.SendTrailersAsync(3, (name, Long(value)));
            await Assert.That(await connection.StatusAsync(3)).IsEqualTo(status).Because(path);
            await connection.SendDataAsync(1, 5, isEnd: true);
            await Assert.That(await connection.StatusAsync(1)).IsEqualTo(200).Because(path);
        }
    }

    [Test]
    [Arguments(false)]
    [Arguments(true)]
    public async Task A_body_after_a_length_of_zero_is_refused_and_its_function_is_not_called(bool isLate)
    {
        await using var backend = new Backend();
        await using var gateway = await StartSecureAsync(backend);
        await using var connection = await RawHttp2Connection.OpenAsync(gateway.Port, _certificates.ClientOptions);
        await connection.RequestAsync(1, "POST", hasBody: true, (":path", "/f"), ("content-length", "0"));
        if (isLate)
        {
            // Its answer would have arrived before that of another request.
            await connection.RequestAsync(3, "GET", hasBody: false, (":path", "/f"));
            await Assert.That(await connection.StatusAsync(3)).IsEqualTo(200);
        }

        await connection.SendDataAsync(1, 5, isEnd: true);
        await Assert.That(await connection.StatusAsync(1)).IsEqualTo(-1);
        await connection.RequestAsync(5, "GET", hasBody: false, (":path", "/f"));
        await Assert.That(await connection.StatusAsync(5)).IsEqualTo(200);
    }

    private Task<ServedConfiguration> StartSecureAsync(Backend backend)
    {
        _certificates.Write("one");
        var certificate = new TlsCertificate(
            new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
            NullLogger<TlsCertificate>.Instance,
            TimeProvider.System);
        return ServedConfiguration.StartAsync(certificate, Routes(backend), Echo.Function);
    }

    private static string Routes(Backend backend) =>
        "routes: [{ path: /f, method: ANY, function: echo }, { path: /p, method: ANY, "
            + $"http_proxy: {{ uri: '{backend.Address}/' }} }}]";

    private static string Long(string text) => System.Text.RegularExpressions.Regex.Replace(
        text,
        "{([0-9]+)}",
        m => new string('x', int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));
}
