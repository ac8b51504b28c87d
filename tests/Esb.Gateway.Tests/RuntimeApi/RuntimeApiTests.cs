using System.Net;
using System.Text;
using System.Text.Json;
using Esb.Gateway.RuntimeApi;
using Esb.Gateway.Tests.Serving;
using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.RuntimeApi;

internal sealed class RuntimeApiTests
{
    [Test]
    public async Task The_next_event_has_all_the_headers_that_a_runtime_needs()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1", """{"n":1}""");
        var worker = server.Register();
        var next = await worker.NextAsync();
        string Header(string name) => next.Headers.GetValues(name).Single();
        await Assert.That(await next.Content.ReadAsStringAsync()).IsEqualTo("""{"n":1}""");
        await Assert.That(Header("Lambda-Runtime-Aws-Request-Id")).IsEqualTo("id-1");
        await Assert.That(Header("Lambda-Runtime-Deadline-Ms"))
            .IsEqualTo($"{server.Time.GetUtcNow().AddSeconds(3).ToUnixTimeMilliseconds()}");
        await Assert.That(Header("Lambda-Runtime-Invoked-Function-Arn"))
            .IsEqualTo("arn:aws:lambda:eu-central-1:000000000000:function:f");
        await Assert.That(Header("Lambda-Runtime-Trace-Id")).IsEqualTo("Root=1-a-b");
        await Assert.That((await worker.RespondAsync("id-1", "\"fine\"")).StatusCode)
            .IsEqualTo(HttpStatusCode.Accepted);
        await Assert.That(Encoding.UTF8.GetString((await invocation.Completion).Payload.Span)).IsEqualTo("\"fine\"");
    }

    [Test]
    [Arguments("live")]
    [Arguments("$LATEST")]
    public async Task The_ARN_contains_the_alias_or_version_by_which_a_function_was_called(string qualifier)
    {
        await using var server = await RuntimeApiServer.StartAsync();
        server.Submit("id-1", qualifier: qualifier);
        var next = await server.Register().NextAsync();
        await Assert.That(next.Headers.GetValues("Lambda-Runtime-Invoked-Function-Arn").Single())
            .IsEqualTo($"arn:aws:lambda:eu-central-1:000000000000:function:f:{qualifier}");
    }

    [Test]
    public async Task A_second_answer_to_the_same_event_is_refused_and_the_first_one_is_used()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        await worker.RespondAsync("id-1", "1");
        await ExpectAsync(worker.RespondAsync("id-1", "2"), HttpStatusCode.Forbidden, "InvalidStateTransition");
        await ExpectAsync(
            worker.PostAsync("invocation/id-1/error", "{}"), HttpStatusCode.Forbidden, "InvalidStateTransition");
        await Assert.That(Encoding.UTF8.GetString((await invocation.Completion).Payload.Span)).IsEqualTo("1");
    }

    [Test]
    public async Task A_worker_cannot_answer_an_event_of_another_worker()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var (mine, theirs) = (server.Submit("id-1"), server.Submit("id-2"));
        var (first, second) = (server.Register(), server.Register());
        await first.NextAsync();
        await second.NextAsync();
        await ExpectAsync(first.RespondAsync("id-2", "stolen"), HttpStatusCode.BadRequest, "InvalidRequestID");
        await Assert.That(theirs.Completion.IsCompleted).IsFalse();
        await second.RespondAsync("id-2", "2");
        await first.RespondAsync("id-1", "1");
        await Assert.That((await mine.Completion).Outcome).IsEqualTo(InvocationOutcome.Succeeded);
        await Assert.That(Encoding.UTF8.GetString((await theirs.Completion).Payload.Span)).IsEqualTo("2");
    }

    [Test]
    public async Task A_late_answer_has_no_effect_and_its_worker_is_unknown()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        server.Time.Advance(TimeSpan.FromSeconds(4));
        server.Pool.EnforceTimeouts();
        await ExpectAsync(worker.RespondAsync("id-1", "late"), HttpStatusCode.Forbidden, "Forbidden");
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(InvocationOutcome.TimedOut);
        await ExpectAsync(server.UnknownClient().NextAsync(), HttpStatusCode.Forbidden, "Forbidden");
    }

    [Test]
    public async Task A_worker_that_asks_on_a_second_connection_gets_its_event_there()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        await worker.RespondAsync("id-1", "1");
        var first = worker.NextAsync();
        await Eventually.TrueAsync(() => worker.Worker.State == WorkerState.Idle);
        var second = worker.NextAsync();
        await ExpectAsync(first, HttpStatusCode.Gone, "Gone");
        var invocation = server.Submit("id-2");
        await Assert.That((await second).Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()).IsEqualTo("id-2");
        await worker.RespondAsync("id-2", "2");
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(InvocationOutcome.Succeeded);
    }

    [Test]
    public async Task An_initialisation_error_reaches_waiting_callers_and_a_later_one_is_refused()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var waiting = server.Submit("id-1");
        var worker = server.Register();
        await Assert.That((await worker.PostAsync(
            "init/error", """{"errorType":"Runtime.ImportModuleError","errorMessage":"no module"}""")).StatusCode)
            .IsEqualTo(HttpStatusCode.Accepted);
        server.Pool.Exited(worker.Worker, "exit status 1", outOfMemory: false);
        await Assert.That((await waiting.Completion).ErrorType()).IsEqualTo("Runtime.ImportModuleError");
        server.Submit("id-2");
        var other = server.Register();
        await other.NextAsync();
        await ExpectAsync(other.PostAsync("init/error", "{}"), HttpStatusCode.Forbidden, "InvalidStateTransition");
    }

    [Test]
    public async Task An_error_without_a_document_is_reported_by_its_type()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        await worker.PostAsync("invocation/id-1/error", "", "Runtime.UserError");
        var result = await invocation.Completion;
        await Assert.That((result.Outcome, result.ErrorType()))
            .IsEqualTo((InvocationOutcome.Failed, "Runtime.UserError"));
    }

    [Test]
    [Arguments(0, HttpStatusCode.Accepted, InvocationOutcome.Succeeded)]
    [Arguments(1, HttpStatusCode.RequestEntityTooLarge, InvocationOutcome.Failed)]
    public async Task An_answer_of_six_megabytes_is_accepted_and_one_byte_more_is_not(
        int more,
        HttpStatusCode status,
        InvocationOutcome outcome)
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        var answer = await worker.RespondAsync("id-1", new string('x', InvocationLimits.ResponseBytes + more));
        await Assert.That(answer.StatusCode).IsEqualTo(status);
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(outcome);
        await Assert.That(worker.Worker.Current).IsNull();
    }

    [Test]
    public async Task While_one_answer_is_being_received_a_second_one_of_the_same_worker_is_refused()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var invocation = server.Submit("id-1");
        var worker = server.Register();
        await worker.NextAsync();
        // In chunks, but not streamed: its caller does not accept a stream.
        using var first = await worker.BeginStreamAsync("id-1");
        await first.ChunkAsync("one ");
        await Eventually.TrueAsync(() => worker.Worker.IsAnswering);
        await ExpectAsync(worker.RespondAsync("id-1", "other"), HttpStatusCode.Forbidden, "InvalidStateTransition");
        await first.ChunkAsync("two");
        await Assert.That(await first.EndAsync()).IsEqualTo(202);
        await Assert.That(Encoding.UTF8.GetString((await invocation.Completion).Payload.Span)).IsEqualTo("one two");
    }

    [Test]
    public async Task Neither_event_nor_answer_is_kept_after_a_worker_has_answered()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        var (worker, invocation) = await AnsweredAsync(server);
        await Eventually.TrueAsync(() =>
        {
            GC.Collect();
            return !invocation.TryGetTarget(out _);
        });
        await Assert.That(worker.Worker.PreviousRequestId).IsEqualTo("id-1");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<(WorkerClient Worker, WeakReference<Invocation> Invocation)> AnsweredAsync(
        RuntimeApiServer server)
    {
        var invocation = new WeakReference<Invocation>(server.Submit("id-1"));
        var worker = server.Register();
        await worker.NextAsync();
        await worker.RespondAsync("id-1", "{}");
        return (worker, invocation);
    }

    [Test]
    public async Task SnapStart_calls_and_unknown_calls_are_refused()
    {
        await using var server = await RuntimeApiServer.StartAsync();
        server.Submit("id-1");
        var worker = server.Register();
        await ExpectAsync(worker.GetAsync("restore/next"), HttpStatusCode.Forbidden, "InvalidStateTransition");
        await ExpectAsync(worker.PostAsync("restore/error", "{}"), HttpStatusCode.Forbidden, "InvalidStateTransition");
        await ExpectAsync(worker.GetAsync("invocation/last"), HttpStatusCode.NotFound, "NotFound");
        await ExpectAsync(worker.PostAsync("invocation/id-1/gossip", "{}"), HttpStatusCode.NotFound, "NotFound");
    }

    private static async Task ExpectAsync(Task<HttpResponseMessage> answer, HttpStatusCode status, string errorType)
    {
        using var response = await answer;
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        await Assert.That((response.StatusCode, body.RootElement.GetProperty("errorType").GetString()))
            .IsEqualTo((status, errorType));
    }
}
