using System.Net;
using Esb.Gateway.Bodies;
using Esb.Gateway.Listening;
using Esb.Gateway.Requests;
using Esb.Gateway.Settings;
using Esb.Gateway.Tests.Listening;
using Esb.Gateway.Tests.Serving;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Bodies;

/// <summary>Many incomplete bodies on one HTTP/2 connection.</summary>
internal sealed class WaitingBodyTests : IDisposable
{
    private const int Part = 1_000;
    private const int Streams = 20;

    private readonly SteppedTime _time = new();
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Test]
    public async Task Each_body_must_make_progress_whatever_the_others_on_its_connection_do()
    {
        var budget = new BodyBudget(1024 * 1024, _time);
        await using var listener = await StartAsync(budget);
        await using var client = await RawHttp2Connection.OpenAsync(listener.Address.Port, _certificates.ClientOptions);
        for (var i = 0; i < Streams; i++)
        {
            await client.RequestAsync(1 + (2 * i), "POST", hasBody: true);
            await client.SendDataAsync(1 + (2 * i), Part);
        }

        await Eventually.TrueAsync(() => budget.Held == Streams * Part);
        var sent = 0L;
        for (var i = 0; i < 20; i++)
        {
            // The first stream makes progress.
            await client.SendDataAsync(1, Part);
            sent += Part;
            await Eventually.TrueAsync(() => budget.Held == (Streams * Part) + sent);
            for (var s = 0; s < 2; s++)
                Check(budget);
        }

        for (var i = 0; i < 10; i++)
        {
            await client.SendDataAsync(1, Part);
            for (var s = 0; s < 2; s++)
                Check(budget);
        }

        for (var i = 0; i < Streams - 1; i++)
            await Assert.That(await client.StatusAsync()).IsEqualTo(408);
        await Eventually.TrueAsync(() => budget.Held == Part * 31);
    }

    [Test]
    public async Task Many_bodies_larger_than_the_windows_arrive_complete_on_one_connection()
    {
        var budget = new BodyBudget(256 * 1024 * 1024, _time);
        await using var listener = await StartAsync(budget);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = _certificates.ClientOptions })
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, Streams).Select(i => client.PostAsync(
            $"https://localhost:{listener.Address.Port}/", new ByteArrayContent(new byte[60_000 + (i * 60_000)]))));
        foreach (var answer in answers)
            await Assert.That((int)answer.StatusCode).IsEqualTo(200);
        await Eventually.TrueAsync(() => budget.Held == 0);
    }

    [Test]
    public async Task When_memory_is_used_up_bodies_without_progress_are_dropped()
    {
        var budget = new BodyBudget(Streams * Part, _time);
        await using var listener = await StartAsync(budget);
        await using var client = await RawHttp2Connection.OpenAsync(listener.Address.Port, _certificates.ClientOptions);
        for (var i = 0; i < Streams; i++)
        {
            await client.RequestAsync(1 + (2 * i), "POST", hasBody: true);
            await client.SendDataAsync(1 + (2 * i), Part);
        }

        await Eventually.TrueAsync(() => budget.Held == Streams * Part);
        for (var i = 0; i < 3; i++)
            Check(budget);
        await using var other = await RawHttp2Connection.OpenAsync(listener.Address.Port, _certificates.ClientOptions);
        await other.RequestAsync(1, "POST", hasBody: true);
        await other.SendDataAsync(1, Part);
        await Assert.That(await other.StatusAsync()).IsEqualTo(429);
        await Assert.That(await client.StatusAsync()).IsEqualTo(408);
        await Eventually.TrueAsync(() => budget.Held == (Streams - 1) * Part);
    }

    private void Check(BodyBudget budget)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        budget.Check();
    }

    private async Task<Listener> StartAsync(BodyBudget budget)
    {
        _certificates.Write("localhost");
        var certificate = new TlsCertificate(
            new TlsFiles(_certificates.CertificateFile, _certificates.KeyFile),
            NullLogger<TlsCertificate>.Instance,
            TimeProvider.System);
        var listener = new Listener(
            new ListenAddress("TEST", new IPEndPoint(IPAddress.Loopback, 0)),
            context => ReadAsync(context, budget),
            NullLoggerFactory.Instance,
            new ListenerRules(options =>
            {
                PublicPort.Limit(options, 1000);
                // Kestrel's limit applies to a whole connection; this test is about streams.
                options.Limits.MinRequestBodyDataRate = null;
            }, Certificate: certificate));
        await listener.StartAsync(CancellationToken.None);
        return listener;
    }

    private static async Task ReadAsync(HttpContext context, BodyBudget budget)
    {
        using var share = budget.Open();
        var read = await RequestBody.ReadAsync(
            context.Request, RouteHandler.MaxBodyBytes, share, context.RequestAborted);
        context.Response.StatusCode = read.LacksMemory ? 429 : 200;
    }
}
