using System.Text.Json;
using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Tests.Serving;
using Esb.Schema.Functions;

namespace Esb.Gateway.Tests.Asynchronous;

internal sealed class AsynchronousInvocationsTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-later-").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task An_accepted_event_runs_and_its_destination_gets_a_success_record()
    {
        using var functions = new Functions(_root)
            .With(
                "f",
                payload => Task.FromResult("""{"got":""" + payload + "}"),
                AsynchronousSettings.None with { OnSuccess = "told" })
            .With("told", _ => Task.FromResult("null"))
            .Start();
        await Assert.That(await functions.AcceptAsync("f", "7", "the-id")).IsEqualTo(Acceptance.Accepted);
        await Eventually.TrueAsync(() => functions.CallsOf("told") == 1 && functions.Later.Pending == 0);
        using var record = JsonDocument.Parse(functions.LastOf("told"));
        var root = record.RootElement;
        await Assert.That(root.GetProperty("requestContext").ToString()).IsEqualTo(
            "{\"requestId\":\"the-id\","
                + "\"functionArn\":\"arn:aws:lambda:eu-central-1:000000000000:function:f:$LATEST\","
                + "\"condition\":\"Success\",\"approximateInvokeCount\":1}");
        await Assert.That(root.GetProperty("requestPayload").GetInt32()).IsEqualTo(7);
        await Assert.That(root.GetProperty("responseContext").ToString())
            .IsEqualTo("""{"statusCode":200,"executedVersion":"$LATEST"}""");
        await Assert.That(root.GetProperty("responsePayload").GetProperty("got").GetInt32()).IsEqualTo(7);
        await Assert.That(root.GetProperty("timestamp").GetString()).IsEqualTo("2020-01-01T00:00:00.000Z");
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task A_destination_gets_its_record_even_if_the_function_was_removed_meanwhile(bool succeeds)
    {
        var going = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var functions = new Functions(_root)
            .With("f", _ => going.Task, new AsynchronousSettings(0, null, "good", "bad", null))
            .With("good", _ => Task.FromResult("null"))
            .With("bad", _ => Task.FromResult("null"))
            .Start();
        await functions.AcceptAsync("f", "7");
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1);
        functions.Remove("f");
        if (succeeds)
            going.SetResult("1");
        else
            going.SetException(new InvalidOperationException("boom"));
        await Eventually.TrueAsync(() => functions.Later.Pending == 0);
        await Assert.That((functions.CallsOf("good"), functions.CallsOf("bad"))).IsEqualTo(succeeds ? (1, 0) : (0, 1));
    }

    [Test]
    public async Task A_new_function_of_another_application_gets_no_record_of_a_removed_one()
    {
        var going = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var functions = new Functions(_root)
            .With("f", _ => going.Task, AsynchronousSettings.None with { OnSuccess = "told" }, application: "one")
            .With("told", _ => Task.FromResult("null"), application: "one")
            .Start();
        await functions.AcceptAsync("f", "7");
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1);
        functions.With("told", _ => Task.FromResult("null"), application: "other").Remove("f");
        going.SetResult("1");
        await Eventually.TrueAsync(() => functions.Later.Pending == 0);
        await Assert.That(functions.CallsOf("told")).IsEqualTo(0);
    }

    [Test]
    public async Task A_failing_function_gets_its_event_three_times_and_then_its_destination_and_dead_letter_function()
    {
        using var functions = new Functions(_root)
            .With(
                "f",
                _ => throw new InvalidOperationException("boom"),
                AsynchronousSettings.None with { OnFailure = "told", DeadLetter = "dead" })
            .With("told", _ => Task.FromResult("null"))
            .With("dead", _ => Task.FromResult("null"))
            .Start();
        await functions.AcceptAsync("f", """{"n":1}""");
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1);
        await AdvanceUntilAsync(functions, TimeSpan.FromSeconds(61), () => functions.CallsOf("f") == 2);
        await AdvanceUntilAsync(functions, TimeSpan.FromSeconds(121), () => functions.CallsOf("f") == 3);
        await Eventually.TrueAsync(
            () => functions.CallsOf("told") == 1 && functions.CallsOf("dead") == 1 && functions.Later.Pending == 0);
        await Assert.That(functions.Calls.Where(c => c.Function == "f").Select(c => c.RequestId).Distinct().Count())
            .IsEqualTo(1);
        await Assert.That(functions.LastOf("dead")).IsEqualTo("""{"n":1}""");
        using var record = JsonDocument.Parse(functions.LastOf("told"));
        await Assert.That(record.RootElement.GetProperty("requestContext").GetProperty("condition").GetString())
            .IsEqualTo("RetriesExhausted");
        await Assert.That(record.RootElement.GetProperty("requestContext").GetProperty("approximateInvokeCount")
            .GetInt32()).IsEqualTo(3);
        await Assert.That(record.RootElement.GetProperty("responseContext").GetProperty("functionError").GetString())
            .IsEqualTo("Unhandled");
        await Assert.That(record.RootElement.GetProperty("responsePayload").GetProperty("errorMessage").GetString())
            .IsEqualTo("boom");
    }

    [Test]
    public async Task A_retry_is_not_early_and_the_number_of_attempts_survives_a_restart_of_the_gateway()
    {
        var settings = AsynchronousSettings.None with { MaximumRetryAttempts = 1 };
        using (var before = new Functions(_root).With("f", _ => throw new InvalidOperationException("boom"), settings)
            .Start())
        {
            await before.AcceptAsync("f", "1", "the-id");
            await Eventually.TrueAsync(() => before.CallsOf("f") == 1 && before.Later.Pending == 1);
            var accepted = JournalFormat.Write(
                new JournalRecord.Accepted(new AsynchronousEvent("the-id", "f", "1"u8.ToArray(), default)));
            await Eventually.TrueAsync(() => Directory.GetFiles(_root, "*.journal")
                .Sum(f => new FileInfo(f).Length) > accepted.Length);
        }

        using var after = new Functions(_root).With("f", _ => throw new InvalidOperationException("boom"), settings)
            .Start();
        await Assert.That(after.Later.Pending).IsEqualTo(1);
        after.Time.Advance(TimeSpan.FromSeconds(59));
        await Assert.That(after.CallsOf("f")).IsEqualTo(0);
        after.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => after.CallsOf("f") == 1 && after.Later.Pending == 0);
        await Assert.That(after.Later.GivenUp).IsEqualTo(1);
    }

    [Test]
    [Arguments(-1)]
    [Arguments(1)]
    public async Task An_accepted_event_is_retried_on_time_and_not_lost_whatever_the_clock_is_set_to(int days)
    {
        var failures = 0;
        using var functions = new Functions(_root)
            .With("f", _ => failures++ == 0 ? throw new InvalidOperationException("boom") : Task.FromResult("null"))
            .Start();
        await functions.AcceptAsync("f", "1");
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 1 && functions.Later.Running == 0);
        functions.Time.Set(functions.Time.GetUtcNow().AddDays(days));
        functions.Time.Advance(TimeSpan.FromSeconds(59));
        await Assert.That(functions.CallsOf("f")).IsEqualTo(1);
        functions.Time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(() => functions.CallsOf("f") == 2 && functions.Later.Pending == 0);
        await Assert.That(functions.Later.GivenUp).IsEqualTo(0);
    }

    [Test]
    public async Task An_event_of_a_gateway_whose_clock_was_fast_is_not_delayed_until_that_time()
    {
        using (var before = new Functions(_root).With("f", _ => throw new InvalidOperationException("boom")))
        {
            before.Time.Set(before.Time.GetUtcNow().AddYears(10));
            before.Start();
            await before.AcceptAsync("f", "1", "the-id");
            await Eventually.TrueAsync(() => before.CallsOf("f") == 1 && before.Later.Running == 0);
        }

        using var after = new Functions(_root).With("f", _ => Task.FromResult("null")).Start();
        await Assert.That(after.Later.Pending).IsEqualTo(1);
        after.Time.Advance(TimeSpan.FromMinutes(6));
        await Eventually.TrueAsync(() => after.CallsOf("f") == 1 && after.Later.Pending == 0);
    }

    [Test]
    public async Task The_same_request_id_again_is_the_same_event_even_after_a_restart()
    {
        using (var before = new Functions(_root).With("f", _ => Task.FromResult("null")).Start())
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => before.AcceptAsync("f", "1", "the-id")));
            await Eventually.TrueAsync(() => before.CallsOf("f") == 1 && before.Later.Pending == 0);
        }

        using var after = new Functions(_root).With("f", _ => Task.FromResult("null")).Start();
        await Assert.That(await after.AcceptAsync("f", "1", "the-id")).IsEqualTo(Acceptance.Accepted);
        await Assert.That(await after.AcceptAsync("f", "2", "another")).IsEqualTo(Acceptance.Accepted);
        await Eventually.TrueAsync(() => after.CallsOf("f") == 1 && after.Later.Pending == 0);
        await Assert.That(after.LastOf("f")).IsEqualTo("2");
    }

    [Test]
    public async Task Events_of_a_missing_function_wait_until_it_exists_or_they_are_too_old()
    {
        using var functions = new Functions(_root).Start();
        await functions.AcceptAsync("late", "1");
        await Eventually.TrueAsync(() => functions.Later.Pending == 1);
        functions.With("late", _ => Task.FromResult("null")).Serve();
        await AdvanceUntilAsync(functions, TimeSpan.FromSeconds(5), () => functions.CallsOf("late") == 1);
        await functions.AcceptAsync("never", "1");
        await AdvanceUntilAsync(functions, TimeSpan.FromHours(7), () => functions.Later.Pending == 0);
        await Assert.That(functions.Later.GivenUp).IsEqualTo(1);
    }

    [Test]
    public async Task A_function_has_at_most_as_many_running_events_as_it_may_have_workers()
    {
        var open = new TaskCompletionSource();
        using var functions = new Functions(_root)
            .With("slow", async _ => { await open.Task; return "null"; }, capacity: 2)
            .With("quick", _ => Task.FromResult("null"))
            .Start();
        for (var i = 0; i < 20; i++)
            await functions.AcceptAsync("slow", "1");
        await functions.AcceptAsync("quick", "1");
        await Eventually.TrueAsync(() => functions.CallsOf("quick") == 1);
        await Assert.That(functions.CallsOf("slow")).IsEqualTo(2);
        open.SetResult();
        await Eventually.TrueAsync(() => functions.CallsOf("slow") == 20 && functions.Later.Pending == 0);
        await Assert.That(functions.Later.PendingBytes).IsEqualTo(0);
    }

    [Test]
    public async Task Beyond_the_limit_on_the_disk_no_event_is_accepted_and_earlier_ones_are_kept()
    {
        var open = new TaskCompletionSource();
        using var functions = new Functions(_root)
            .With("slow", async _ => { await open.Task; return "null"; }, capacity: 1)
            .Start();
        var payload = $"\"{new string('x', 1024 * 1024)}\"";
        var accepted = 0;
        while (accepted < 100 && await functions.AcceptAsync("slow", payload) == Acceptance.Accepted)
            accepted++;
        await Assert.That(accepted).IsEqualTo(63);
        open.SetResult();
        await Eventually.TrueAsync(() => functions.Later.Pending == 0);
        await Assert.That(functions.CallsOf("slow")).IsEqualTo(63);
        await Assert.That(await functions.AcceptAsync("slow", payload)).IsEqualTo(Acceptance.Accepted);
    }

    // A retry is queued by the thread on which the function failed; the clock may be moved before that.
    private static Task AdvanceUntilAsync(
        Functions functions,
        TimeSpan by,
        Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        if (condition())
            return true;
        functions.Time.Advance(by);
        return condition();
    });
}
