using System.Buffers;
using System.Text;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Streaming;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.RuntimeApi;

internal sealed class StreamedAnswerTests
{
    [Test]
    public async Task The_beginning_of_a_stream_arrives_before_its_end()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var stream = new ResponseStream();
        var invocation = server.Submit("id-1", stream: stream);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1", "text/event-stream");
        await Assert.That(await stream.StartedAsync(invocation.Completion)).IsEqualTo("text/event-stream");
        foreach (var part in new[] { "first", "second" })
        {
            await answer.ChunkAsync(part);
            var read = await stream.Reader.ReadAsync();
            await Assert.That(Encoding.UTF8.GetString(read.Buffer)).IsEqualTo(part);
            stream.Reader.AdvanceTo(read.Buffer.End);
        }

        await Assert.That(invocation.Completion.IsCompleted).IsFalse();
        await Assert.That(await answer.EndAsync()).IsEqualTo(202);
        await Assert.That((await stream.Reader.ReadAsync()).IsCompleted).IsTrue();
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(InvocationOutcome.Succeeded);
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task An_error_in_the_trailers_ends_the_invocation_whether_or_not_the_caller_streams(
        bool streamed)
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1", stream: streamed ? new ResponseStream() : null);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("some of it");
        var document = Convert.ToBase64String("""{"errorType":"Boom","errorMessage":"in the middle"}"""u8);
        await Assert.That(await answer.EndAsync(
            $"Lambda-Runtime-Function-Error-Type: Boom\r\nLambda-Runtime-Function-Error-Body: {document}\r\n"))
            .IsEqualTo(202);
        var result = await invocation.Completion;
        await Assert.That((result.Outcome, result.ErrorType(), result.ErrorMessage()))
            .IsEqualTo((InvocationOutcome.Failed, "Boom", "in the middle"));
    }

    [Test]
    [Arguments(true, 1000)]
    [Arguments(true, 60_000)]
    [Arguments(true, 1_000_000)]
    [Arguments(false, 60_000)]
    [Arguments(false, 1_000_000)]
    public async Task A_large_error_in_the_trailers_arrives_completely(bool streamed, int length)
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1", stream: streamed ? new ResponseStream() : null);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("some of it");
        await Assert.That(await answer.EndAsync(Trailers(length))).IsEqualTo(202);
        var result = await invocation.Completion;
        await Assert.That((result.Outcome, result.ErrorType(), result.ErrorMessage().Length))
            .IsEqualTo((InvocationOutcome.Failed, "Boom", length));
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task An_error_that_does_not_fit_into_the_trailers_ends_the_invocation_with_an_error_that_says_so(
        bool streamed)
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1", stream: streamed ? new ResponseStream() : null);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("some of it");
        var sending = answer.EndAsync(Trailers(2_000_000));
        var result = await invocation.Completion;
        await Assert.That((result.Outcome, result.ErrorType()))
            .IsEqualTo((InvocationOutcome.Failed, "Function.ResponseSizeTooLarge"));
        await ((Task)sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Test]
    public async Task An_error_with_a_large_description_in_its_head_arrives()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.PostAsync(
            "invocation/id-1/error", """{"errorType":"Boom","errorMessage":"b"}""", "Boom", new string('x', 1_000_000));
        await Assert.That((int)answer.StatusCode).IsEqualTo(202);
        await Assert.That((await invocation.Completion).ErrorType()).IsEqualTo("Boom");
    }

    [Test]
    public async Task Chunks_are_joined_for_a_caller_that_does_not_stream()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("one ");
        await answer.ChunkAsync("two");
        await Assert.That(await answer.EndAsync()).IsEqualTo(202);
        await Assert.That(Encoding.UTF8.GetString((await invocation.Completion).Payload.Span)).IsEqualTo("one two");
    }

    [Test]
    public async Task When_the_client_disconnects_the_runtime_gets_an_error_and_its_worker_stays()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var stream = new ResponseStream();
        var invocation = server.Submit("id-1", stream: stream);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("first");
        await stream.Reader.ReadAsync();
        await stream.Reader.CompleteAsync();
        await answer.ChunkAsync("second");
        await Assert.That((await invocation.Completion).ErrorType()).IsEqualTo("Client.Gone");
        await Assert.That(await answer.StatusAsync()).IsEqualTo(413);
        server.Submit("id-2");
        await Assert.That((await worker.NextAsync()).Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single())
            .IsEqualTo("id-2");
    }

    [Test]
    public async Task Output_that_cannot_be_sent_ends_the_invocation_with_its_own_error()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var stream = new ResponseStream();
        var invocation = server.Submit("id-1", stream: stream);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("first");
        await stream.Reader.ReadAsync();
        stream.Refuse("Runtime.InvalidPrelude", "no prelude");
        await stream.Reader.CompleteAsync();
        await answer.ChunkAsync("second");
        var result = await invocation.Completion;
        await Assert.That((result.Outcome, result.ErrorType(), result.ErrorMessage()))
            .IsEqualTo((InvocationOutcome.Failed, "Runtime.InvalidPrelude", "no prelude"));
        await Assert.That(await answer.StatusAsync()).IsEqualTo(413);
    }

    [Test]
    public async Task A_worker_that_disconnects_in_the_middle_ends_the_stream_with_an_error()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var stream = new ResponseStream();
        var invocation = server.Submit("id-1", stream: stream);
        var worker = server.Register();
        await worker.NextAsync();
        var answer = await worker.BeginStreamAsync("id-1");
        await answer.ChunkAsync("first");
        await stream.StartedAsync(invocation.Completion);
        answer.Dispose();
        await Assert.That((await invocation.Completion).ErrorType()).IsEqualTo("Runtime.TruncatedResponse");
    }

    [Test]
    public async Task More_than_twenty_megabytes_are_not_streamed_and_the_runtime_is_told()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var stream = new ResponseStream();
        var invocation = server.Submit("id-1", stream: stream);
        var worker = server.Register();
        await worker.NextAsync();
        using var answer = await worker.BeginStreamAsync("id-1");
        var received = 0L;
        var reading = ResponseChunks.CopyAsync(stream, invocation.Completion, bytes =>
        {
            received += bytes.Length;
            return ValueTask.FromResult(true);
        });
        var chunk = new string('x', 1024 * 1024);
        for (var i = 0; i < 20; i++)
            await answer.ChunkAsync(chunk);
        await answer.ChunkAsync("x");
        await Assert.That((await invocation.Completion).ErrorType()).IsEqualTo("Function.ResponseSizeTooLarge");
        await reading;
        await Assert.That(received).IsLessThanOrEqualTo(InvocationLimits.StreamedResponseBytes);
        await Assert.That(await answer.StatusAsync()).IsEqualTo(413);
    }

    [Test]
    public async Task A_second_stream_for_the_same_event_is_refused_during_the_first()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var stream = new ResponseStream();
        var invocation = server.Submit("id-1", stream: stream);
        var worker = server.Register();
        await worker.NextAsync();
        using var first = await worker.BeginStreamAsync("id-1");
        await first.ChunkAsync("first");
        await stream.StartedAsync(invocation.Completion);
        using var second = await worker.BeginStreamAsync("id-1");
        await second.ChunkAsync("second");
        await Assert.That(await second.StatusAsync()).IsEqualTo(403);
        await Assert.That(await first.EndAsync()).IsEqualTo(202);
    }

    private static string Trailers(int length)
    {
        var document = $$"""{"errorType":"Boom","errorMessage":"{{new string('e', length)}}"}""";
        return "Lambda-Runtime-Function-Error-Type: Boom\r\nLambda-Runtime-Function-Error-Body: "
            + Convert.ToBase64String(Encoding.UTF8.GetBytes(document)) + "\r\n";
    }
}
