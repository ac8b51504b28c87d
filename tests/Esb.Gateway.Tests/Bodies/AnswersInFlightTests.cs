using System.Net.Sockets;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Tests.Serving;

namespace Esb.Gateway.Tests.Bodies;

/// <summary>Large answers over real sockets, with clients that read them or do not.</summary>
internal sealed class AnswersInFlightTests
{
    private const int Megabyte = 1024 * 1024;
    private const int Size = 16 * Megabyte;
    private const int Small = 25_000;
    private const int Streams = 50;

    private static readonly long Cost = AnswersInFlight.CostOf(Size);
    private static readonly long SmallCost = AnswersInFlight.CostOf(Small);

    [Test]
    public async Task A_client_that_does_not_read_is_disconnected_after_its_window_and_its_memory_is_freed()
    {
        await using var server = await LargeAnswers.StartAsync(Size, 256L * Megabyte);
        await using var client = await server.RequestAsync();
        await Eventually.TrueAsync(() => server.Answers.Held == Cost);
        var looks = 0;
        await Eventually.TrueAsync(() =>
        {
            server.Check();
            looks++;
            return server.Answers.Disconnected == 1;
        });
        await Assert.That(looks).IsGreaterThan(10);
        await Assert.That(server.Answers.Held).IsEqualTo(0);
        await Assert.That(await ReadAsync(client, long.MaxValue)).IsLessThan(Size);
    }

    [Test]
    public async Task A_client_that_reads_a_little_at_a_time_gets_the_whole_answer()
    {
        await using var server = await LargeAnswers.StartAsync(Size, 256L * Megabyte);
        await using var client = await server.RequestAsync();
        var read = 0L;
        for (var i = 0; i < 60; i++)
        {
            read += await ReadAsync(client, 64 * 1024);
            server.Check();
        }

        read += await ReadAsync(client, long.MaxValue);
        await Assert.That(read).IsGreaterThan(Size);
        await Assert.That(server.Answers.Disconnected).IsEqualTo(0);
        await Eventually.TrueAsync(() => server.Answers.Held == 0);
    }

    [Test]
    public async Task When_memory_is_used_up_the_answer_of_a_client_that_does_not_read_is_dropped_for_one_that_does()
    {
        await using var server = await LargeAnswers.StartAsync(Size, 2 * Cost);
        await using var one = await server.RequestAsync();
        await using var two = await server.RequestAsync();
        await Eventually.TrueAsync(() => server.Answers.Held == 2 * Cost);
        long read;
        do
        {
            server.Check();
            await using var reader = await server.RequestAsync();
            read = await ReadAsync(reader, long.MaxValue);
        }
        while (read < Size);

        await Assert.That(server.Answers.Disconnected).IsEqualTo(1);
    }

    [Test]
    public async Task An_answer_that_finds_no_memory_is_replaced_by_a_small_one()
    {
        await using var server = await LargeAnswers.StartAsync(Size, Size - 1);
        await using var client = await server.RequestAsync();
        using var reader = new StreamReader(client, Encoding.Latin1);
        var answer = await reader.ReadToEndAsync();
        await Assert.That(answer).StartsWith("HTTP/1.1 503 ").And.Contains("too many answers");
    }

    [Test]
    public async Task An_answer_of_every_size_counts_while_it_waits_and_no_longer()
    {
        await using var server = await LargeAnswers.StartAsync(Small, 256L * Megabyte, tls: true);
        await using var client = await server.OpenAsync(window: 0);
        for (var i = 0; i < Streams; i++)
            await client.RequestAsync(1 + (2 * i), "GET", hasBody: false);
        await Eventually.TrueAsync(() => server.Answers.Held == Streams * SmallCost);
        await client.TakeMoreAsync(1, Small);
        await Eventually.TrueAsync(() => server.Answers.Held == (Streams - 1) * SmallCost);
        await client.DisposeAsync();
        await Eventually.TrueAsync(() => server.Answers.Held == 0);
        await Assert.That(server.Answers.Disconnected).IsEqualTo(0);
    }

    [Test]
    public async Task Of_small_answers_on_one_connection_those_that_make_progress_stay()
    {
        await using var server = await LargeAnswers.StartAsync(Small, 256L * Megabyte, tls: true);
        await using var client = await server.OpenAsync(window: 0);
        for (var i = 0; i < Streams; i++)
            await client.RequestAsync(1 + (2 * i), "GET", hasBody: false);
        var begun = server.Time.GetTimestamp();
        // Memory is reserved before an answer waits, and the window begins with the wait: each check must find all of
        // them.
        await Eventually.TrueAsync(() => server.Answers.WaitingSince(begun) == Streams);
        await Assert.That(server.Answers.Held).IsEqualTo(Streams * SmallCost);
        for (var i = 0; i < 40; i++)
            server.Check();
        // After its first frame, the second one begins its own window.
        await client.TakeMoreAsync(1, AnswersInFlight.SharedPiece);
        for (var taken = 0; taken < AnswersInFlight.SharedPiece;)
            taken += (await client.ReadAsync(RawHttp2Connection.Kind.Data)).Content.Length;
        await Eventually.TrueAsync(() => server.Answers.WaitingSince(begun + 1) == 1);
        server.Check();
        // Sixty checks, a minute, would also end the window of the one that made progress.
        var looks = 0;
        await Eventually.TrueAsync(() =>
        {
            if (looks++ < 40)
                server.Check();
            return server.Answers.Disconnected == Streams - 1;
        });
        await Assert.That(server.Answers.Held).IsEqualTo(SmallCost);
        await client.TakeMoreAsync(1, Small);
        for (var rest = Small - AnswersInFlight.SharedPiece; rest > 0;)
        {
            var (stream, content) = await client.ReadAsync(RawHttp2Connection.Kind.Data);
            rest -= stream == 1 ? content.Length : 0;
        }
    }

    [Test]
    public async Task Small_answers_that_nobody_reads_use_memory_and_are_dropped_when_they_are_slow()
    {
        await using var server = await LargeAnswers.StartAsync(Small, 10 * SmallCost, tls: true);
        await using var client = await server.OpenAsync(window: 0);
        for (var i = 0; i < 10; i++)
            await client.RequestAsync(1 + (2 * i), "GET", hasBody: false);
        await Eventually.TrueAsync(() => server.Answers.WaitingSince(1) == 10);
        await using var reader = await server.OpenAsync(window: Megabyte);
        await reader.RequestAsync(1, "GET", hasBody: false);
        await Assert.That(await reader.StatusAsync()).IsEqualTo(503);
        for (var i = 0; i < 3; i++)
            server.Check();
        await reader.RequestAsync(3, "GET", hasBody: false);
        await Assert.That(await reader.StatusAsync()).IsEqualTo(200);
        await Assert.That(server.Answers.Disconnected).IsEqualTo(1);
    }

    [Test]
    public async Task An_answer_that_its_connection_takes_at_once_leaves_nothing_behind()
    {
        await using var server = await LargeAnswers.StartAsync(Small, SmallCost);
        for (var i = 0; i < 20; i++)
        {
            await using var client = await server.RequestAsync();
            await Assert.That(await ReadAsync(client, long.MaxValue)).IsGreaterThan(Small);
        }

        await Assert.That(server.Answers.Held).IsEqualTo(0);
    }

    [Test]
    public async Task A_function_whose_answer_finds_no_memory_is_throttled_with_the_message_of_its_API()
    {
        const string Routing =
            """
            routes:
              - { path: /rest, method: GET, function: f, payload: "1.0" }
              - { path: /http, method: GET, function: f, payload: "2.0" }
            """;
        var answers = new AnswersInFlight(Megabyte, TimeProvider.System);
        var bounds = new ClientMemoryLimits(new BodyBudget(Megabyte), answers);
        await using var served = await ServedConfiguration.StartAsync(
            bounds, Routing, ("f", _ => $$"""{"statusCode":200,"body":"{{new string('x', 2 * Megabyte)}}"}"""));
        await Assert.That((await served.GetAsync("/rest")).Status).IsEqualTo(429);
        await Assert.That((await served.GetAsync("/http")).Status).IsEqualTo(503);
    }

    [Test]
    public async Task Of_many_answers_on_one_HTTP2_connection_unread_ones_are_reset_and_the_connection_stays()
    {
        await using var server = await LargeAnswers.StartAsync(Size, 256L * Megabyte, tls: true);
        using var client = server.NewClient();
        using var one = await client.GetAsync(server.Secure, HttpCompletionOption.ResponseHeadersRead);
        using var two = await client.GetAsync(server.Secure, HttpCompletionOption.ResponseHeadersRead);
        await Eventually.TrueAsync(() => server.Answers.Held == 2 * Cost);
        var looks = 0;
        await Eventually.TrueAsync(() =>
        {
            server.Check();
            looks++;
            return server.Answers.Disconnected == 2;
        });
        await Assert.That(looks).IsGreaterThan(60);
        await Assert.That(async () => await one.Content.ReadAsByteArrayAsync()).Throws<HttpRequestException>();
        await Assert.That((await client.GetByteArrayAsync(server.Secure)).Length).IsEqualTo(Size);
    }

    // Reads until this many bytes have arrived, or the connection ends.
    private static async Task<long> ReadAsync(NetworkStream client, long wanted)
    {
        var buffer = new byte[64 * 1024];
        var read = 0L;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            while (read < wanted && await client.ReadAsync(buffer, timeout.Token) is > 0 and var count)
                read += count;
        }
        catch (IOException)
        {
            // A reset is an end too.
        }

        return read;
    }
}
