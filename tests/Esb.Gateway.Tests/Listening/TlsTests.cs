using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Esb.Gateway.Listening;
using Esb.Gateway.Settings;
using Esb.Host.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Listening;

internal sealed class TlsTests : IDisposable
{
    private readonly Certificates _certificates = new();
    private readonly ConcurrentQueue<string> _logged = new();

    public void Dispose() => _certificates.Dispose();

    [Test]
    public async Task A_client_that_offers_HTTP2_gets_it_and_any_other_gets_HTTP1_on_the_same_port()
    {
        _certificates.Write("one");
        await using var listener = await StartAsync();
        using var client = NewClient();
        foreach (var version in (Version[])[HttpVersion.Version20, HttpVersion.Version11])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Local(listener), "/a?b"))
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.Add("Cookie", "a=1; b=2");
            using var answer = await client.SendAsync(request);
            await Assert.That(answer.Version).IsEqualTo(version);
            await Assert.That(await answer.Content.ReadAsStringAsync())
                .IsEqualTo($"HTTP/{(version.Major == 2 ? "2" : "1.1")} https a=1; b=2");
        }
    }

    [Test]
    public async Task A_renewed_certificate_is_served_to_new_connections_and_one_that_is_broken_is_not()
    {
        _certificates.Write("one");
        await using var listener = await StartAsync();
        await Assert.That(await NameAsync(listener)).IsEqualTo("CN=one");
        _certificates.Write("two");
        await Eventually.TrueAsync(async () => await NameAsync(listener) == "CN=two");
        _certificates.WriteGarbage();
        await Eventually.TrueAsync(async () =>
        {
            await Assert.That(await NameAsync(listener)).IsEqualTo("CN=two");
            return _logged.Any(s => s.Contains("the previous one stays in use", StringComparison.Ordinal));
        });
        _certificates.Write("three");
        await Eventually.TrueAsync(async () => await NameAsync(listener) == "CN=three");
    }

    [Test]
    public async Task A_pipe_in_place_of_a_certificate_is_not_opened_and_the_previous_one_stays_in_use()
    {
        _certificates.Write("one");
        await using var listener = await StartAsync();
        File.Delete(_certificates.CertificateFile);
        await System.Diagnostics.Process.Start("mkfifo", _certificates.CertificateFile).WaitForExitAsync();
        await Eventually.TrueAsync(async () =>
        {
            await Assert.That(await NameAsync(listener)).IsEqualTo("CN=one");
            return _logged.Any(s => s.Contains("is a named pipe, not a file", StringComparison.Ordinal));
        });
        await Assert.That(() => NewCertificate()).Throws<SettingException>();
        _certificates.Write("two");
        await Eventually.TrueAsync(async () => await NameAsync(listener) == "CN=two");
    }

    [Test]
    public async Task A_certificate_that_cannot_be_used_at_the_start_names_the_variable_and_the_file()
    {
        _certificates.Write("one");
        File.WriteAllText(_certificates.KeyFile, "no key");
        var error = await Assert.That(() => NewCertificate()).Throws<SettingException>();
        await Assert.That(error!.Message).StartsWith($"TLS_CERT_FILE is '{_certificates.CertificateFile}'; "
            + "allowed: a PEM file with a certificate whose key is in TLS_KEY_FILE");
        var missing = await Assert.That(() => new TlsCertificate(
            new TlsFiles("/no/such.crt", "/no/such.key"), NullLogger<TlsCertificate>.Instance, TimeProvider.System))
            .Throws<SettingException>();
        await Assert.That(missing!.Message).Contains("/no/such.crt");
    }

    [Test]
    public async Task A_client_without_TLS_gets_nothing_and_does_not_affect_others()
    {
        _certificates.Write("one");
        await using var listener = await StartAsync();
        using var plain = new TcpClient();
        await plain.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: h\r\n\r\n"u8.ToArray());
        using var answer = new MemoryStream();
        using var timeout = Waits.Begin();
        await plain.GetStream().CopyToAsync(answer, timeout.Token);
        await Assert.That(answer.Length).IsLessThan(20);
        using var client = NewClient();
        await Assert.That(await client.GetStringAsync(Local(listener))).StartsWith("HTTP/");
    }

    private TlsCertificate NewCertificate() => new(
        new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
        new RecordingLogger(_logged),
        TimeProvider.System);

    private async Task<Listener> StartAsync()
    {
        RequestDelegate handler = context => context.Response.WriteAsync(
            $"{context.Request.Protocol} {context.Request.Scheme} {context.Request.Headers.Cookie}");
        var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            handler,
            NullLoggerFactory.Instance,
            new ListenerRules(Certificate: NewCertificate()));
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }

    private static Uri Local(Listener listener) => new($"https://localhost:{listener.Address.Port}/");

    private HttpClient NewClient() => new(new SocketsHttpHandler { SslOptions = _certificates.ClientOptions });

    private async Task<string> NameAsync(Listener listener)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, listener.Address.Port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(_certificates.ClientOptions);
        return tls.RemoteCertificate!.Subject;
    }

    // Records the log.
    private sealed class RecordingLogger(ConcurrentQueue<string> logged) : ILogger<TlsCertificate>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            logged.Enqueue(formatter(state, exception));
    }
}
