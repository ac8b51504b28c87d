using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Workers;

internal sealed class WorkerPoolTests
{
    private readonly PoolUnderTest _test = new();

    [Test]
    public async Task An_event_without_a_worker_starts_one_and_waits_for_it()
    {
        var invocation = _test.Submit();
        await Assert.That(_test.Started.Count).IsEqualTo(1);
        var taken = await _test.Next(_test.Started[0]);
        await Assert.That(taken).IsEqualTo(invocation);
        await Assert.That(taken!.ColdStart).IsTrue();
    }

    [Test]
    public async Task A_burst_starts_as_many_workers_as_there_are_events_up_to_the_maximum()
    {
        for (var i = 0; i < 5; i++)
            _test.Submit();
        await Assert.That(_test.Started.Count).IsEqualTo(3);
        await Assert.That(_test.Pool.QueueLength).IsEqualTo(5);
    }

    [Test]
    public async Task An_idle_worker_takes_the_next_event_and_no_other_is_started()
    {
        var worker = await _test.IdleWorkerAsync();
        var waiting = _test.Next(worker);
        var invocation = _test.Submit();
        await Assert.That(await waiting).IsEqualTo(invocation);
        await Assert.That(_test.Started.Count).IsEqualTo(1);
    }

    [Test]
    public async Task An_answer_is_accepted_only_for_the_event_that_the_worker_has()
    {
        var invocation = _test.Submit();
        var worker = _test.Started[0];
        await _test.Next(worker);
        await Assert.That(_test.Pool.TryComplete(worker, "another", PoolUnderTest.Answer)).IsFalse();
        await Assert.That(_test.Pool.TryComplete(worker, invocation.RequestId, PoolUnderTest.Answer)).IsTrue();
        await Assert.That(_test.Pool.TryComplete(worker, invocation.RequestId, PoolUnderTest.Answer)).IsFalse();
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(InvocationOutcome.Succeeded);
    }

    [Test]
    public async Task A_worker_that_dies_fails_its_event_at_once_and_waiting_events_get_another_one()
    {
        var first = _test.Submit();
        var worker = _test.Started[0];
        await _test.Next(worker);
        _test.Submit();
        var second = _test.Submit();
        await _test.Next(_test.Started[1]);
        _test.Pool.Exited(worker, "signal: killed", outOfMemory: false);
        var result = await first.Completion;
        await Assert.That(result.Outcome).IsEqualTo(InvocationOutcome.WorkerLost);
        await Assert.That(result.ErrorMessage())
            .IsEqualTo($"RequestId: {first.RequestId} Error: Runtime exited with error: signal: killed");
        await Assert.That(second.Completion.IsCompleted).IsFalse();
        await Assert.That(_test.Pool.Snapshot()).DoesNotContain(worker);
    }

    [Test]
    public async Task A_worker_that_exceeded_its_memory_is_reported_as_out_of_memory_with_its_limit()
    {
        var invocation = _test.Submit();
        await _test.Next(_test.Started[0]);
        _test.Pool.Exited(_test.Started[0], "signal: killed", outOfMemory: true);
        var result = await invocation.Completion;
        await Assert.That(result.ErrorType()).IsEqualTo("Runtime.OutOfMemory");
        await Assert.That(result.ErrorMessage()).IsEqualTo($"RequestId: {invocation.RequestId} Error: "
            + "Runtime exited with error: signal: killed (out of memory: the function may use 128 MB)");
    }

    [Test]
    public async Task A_function_that_cannot_start_fails_its_waiting_events_with_its_own_error()
    {
        var invocation = _test.Submit();
        var worker = _test.Started[0];
        _test.Pool.TryFailInit(worker, InvocationResult.Error(
            InvocationOutcome.WorkerLost, "Runtime.ImportModuleError", "Unable to import module 'app'"));
        _test.Pool.Exited(worker, "exit status 1", outOfMemory: false);
        await Assert.That((await invocation.Completion).ErrorMessage()).IsEqualTo("Unable to import module 'app'");
        _test.Submit();
        await Assert.That(_test.Started.Count).IsEqualTo(2);
    }

    [Test]
    public async Task An_event_that_exceeds_its_timeout_is_answered_and_its_worker_is_stopped()
    {
        var invocation = _test.Submit();
        await _test.Next(_test.Started[0]);
        _test.Time.Advance(TimeSpan.FromSeconds(4));
        _test.Pool.EnforceTimeouts();
        var result = await invocation.Completion;
        await Assert.That(result.Outcome).IsEqualTo(InvocationOutcome.TimedOut);
        await Assert.That(result.ErrorMessage())
            .IsEqualTo($"RequestId: {invocation.RequestId} Error: Task timed out after 3.00 seconds");
        await Assert.That(_test.Stopped.Single()).IsSameReferenceAs(_test.Started[0]);
    }

    [Test]
    public async Task An_event_is_refused_if_all_workers_are_busy_until_its_timeout()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 1, Timeout = TimeSpan.FromMinutes(1) });
        _test.Submit();
        await _test.Next(_test.Started[0]);
        var invocation = _test.Submit();
        _test.Time.Advance(TimeSpan.FromSeconds(11));
        _test.Pool.EnforceTimeouts();
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(InvocationOutcome.Refused);
    }

    [Test]
    public async Task An_event_for_which_no_worker_starts_in_time_fails_as_a_failed_start_and_not_as_a_throttle()
    {
        var invocation = _test.Submit();
        _test.Time.Advance(TimeSpan.FromSeconds(11));
        _test.Pool.EnforceTimeouts();
        var result = await invocation.Completion;
        await Assert.That(result.Outcome).IsEqualTo(InvocationOutcome.PlatformLost);
        await Assert.That(result.ErrorMessage())
            .IsEqualTo("workers of 'f' start too slowly: within 10 s, 0 of the 3 that it may have were up");
    }

    [Test]
    public async Task Idle_workers_stop_after_their_time_but_the_minimum_stays()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MinCapacity = 1 });
        var (one, two) = (_test.Submit(), _test.Submit());
        foreach (var worker in _test.Started.ToList())
            await _test.Next(worker);
        _test.Pool.TryComplete(_test.Started[0], one.RequestId, PoolUnderTest.Answer);
        _test.Pool.TryComplete(_test.Started[1], two.RequestId, PoolUnderTest.Answer);
        var waits = _test.Started.Select(w => _test.Next(w)).ToList();
        _test.Time.Advance(TimeSpan.FromSeconds(301));
        _test.Pool.EnforceTimeouts();
        await Assert.That(_test.Stopped.Count).IsEqualTo(1);
        await Assert.That(_test.Pool.Snapshot().Count).IsEqualTo(1);
        await Assert.That(await await Task.WhenAny(waits)).IsNull();
    }

    [Test]
    public async Task A_drained_pool_returns_unstarted_events_and_lets_the_rest_finish()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 1 });
        var running = _test.Submit();
        var worker = _test.Started[0];
        await _test.Next(worker);
        var unseen = _test.Submit();
        await Assert.That(_test.Pool.Drain().Single()).IsSameReferenceAs(unseen);
        await Assert.That(_test.Pool.TrySubmit(_test.NewInvocation())).IsFalse();
        await Assert.That(_test.Stopped).IsEmpty();
        await Assert.That(_test.Pool.TryComplete(worker, running.RequestId, PoolUnderTest.Answer)).IsTrue();
        await Assert.That(await _test.Next(worker)).IsNull();
        await Assert.That(_test.Stopped.Single()).IsSameReferenceAs(worker);
    }

    [Test]
    public async Task An_event_that_never_reached_its_worker_goes_to_another_one()
    {
        var invocation = _test.Submit();
        var worker = _test.Started[0];
        await _test.Next(worker);
        _test.Pool.Return(worker, invocation);
        await Assert.That(_test.Started.Count).IsEqualTo(2);
        await Assert.That(await _test.Next(_test.Started[1])).IsEqualTo(invocation);
    }

    [Test]
    public async Task A_worker_whose_connection_closes_is_not_handed_an_event()
    {
        var worker = await _test.IdleWorkerAsync();
        using var connection = new CancellationTokenSource();
        var wait = _test.Pool.NextAsync(worker, connection.Token);
        await connection.CancelAsync();
        await Assert.That(await wait).IsNull();
        var invocation = _test.Submit();
        await Assert.That(_test.Pool.QueueLength).IsEqualTo(1);
        await Assert.That(await _test.Next(worker)).IsEqualTo(invocation);
    }

    [Test]
    public async Task When_the_agent_has_ended_running_events_fail_and_waiting_ones_wait_for_new_workers()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 1 });
        var running = _test.Submit();
        await _test.Next(_test.Started[0]);
        var waiting = _test.Submit();
        _test.Pool.AgentEnded("the agent ended");
        await Assert.That((await running.Completion).Outcome).IsEqualTo(InvocationOutcome.PlatformLost);
        await Assert.That(waiting.Completion.IsCompleted).IsFalse();
        _test.Pool.Refill();
        await Assert.That(await _test.Next(_test.Started[1])).IsEqualTo(waiting);
    }

    [Test]
    public async Task A_function_that_keeps_failing_to_start_is_paused_while_its_callers_get_its_error_at_once()
    {
        for (var i = 0; i < 3; i++)
            await FailStartAsync();
        var during = _test.Submit();
        await Assert.That(during.Completion.IsCompleted).IsTrue();
        await Assert.That((await during.Completion).ErrorMessage()).IsEqualTo("no module");
        await Assert.That(_test.Started.Count).IsEqualTo(3);
        _test.Time.Advance(TimeSpan.FromSeconds(5));
        var afterwards = _test.Submit();
        await Assert.That(_test.Started.Count).IsEqualTo(4);
        await Assert.That(await _test.Next(_test.Started[^1])).IsSameReferenceAs(afterwards);
    }

    [Test]
    public async Task One_failed_start_fails_one_event_and_the_others_wait_for_their_own()
    {
        var (first, second) = (_test.Submit(), _test.Submit());
        _test.Pool.Exited(_test.Started[0], "exit status 1", outOfMemory: false);
        await Assert.That(first.Completion.IsCompleted).IsTrue();
        await Assert.That(await _test.Next(_test.Started[1])).IsSameReferenceAs(second);
    }

    [Test]
    public async Task A_worker_that_lost_its_connection_and_ends_later_does_not_count_as_a_failed_start()
    {
        var worker = await _test.IdleWorkerAsync();
        using var connection = new CancellationTokenSource();
        var wait = _test.Pool.NextAsync(worker, connection.Token);
        await connection.CancelAsync();
        await wait;
        var waiting = _test.Submit();
        _test.Pool.Exited(worker, "signal: killed", outOfMemory: false);
        await Assert.That(waiting.Completion.IsCompleted).IsFalse();
        await Assert.That(_test.Started.Count).IsEqualTo(2);
    }

    [Test]
    public async Task A_worker_that_requests_work_twice_gets_one_event_only()
    {
        var worker = await _test.IdleWorkerAsync();
        var (first, second) = (_test.Next(worker), _test.Next(worker));
        await Assert.That(await first).IsNull();
        var (one, two) = (_test.Submit(), _test.Submit());
        await Assert.That(await second).IsSameReferenceAs(one);
        await Assert.That(worker.Current).IsSameReferenceAs(one);
        await Assert.That(_test.Pool.QueueLength).IsEqualTo(1);
        await Assert.That(await _test.Next(_test.Started[^1])).IsSameReferenceAs(two);
    }

    [Test]
    public async Task A_worker_that_answered_and_does_not_return_is_stopped()
    {
        var worker = await _test.IdleWorkerAsync();
        _test.Time.Advance(TimeSpan.FromSeconds(10));
        _test.Pool.EnforceTimeouts();
        await Assert.That(_test.Stopped).IsEmpty();
        _test.Time.Advance(TimeSpan.FromSeconds(30));
        _test.Pool.EnforceTimeouts();
        await Assert.That(_test.Stopped.Single()).IsSameReferenceAs(worker);
        await Assert.That(_test.Pool.Snapshot().Count).IsEqualTo(0);
    }

    [Test]
    public async Task After_a_thousand_waiting_events_the_next_is_refused_at_once()
    {
        for (var i = 0; i < 1_000; i++)
            _test.Submit();
        var refused = _test.Submit();
        await Assert.That((await refused.Completion).Outcome).IsEqualTo(InvocationOutcome.Refused);
        await Assert.That(_test.Pool.QueueLength).IsEqualTo(1_000);
    }

    [Test]
    public async Task A_reserved_concurrency_of_zero_stops_the_function()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 0, Reserved = 0 });
        var refused = _test.Submit();
        await Assert.That((await refused.Completion).ErrorType()).IsEqualTo("TooManyRequestsException");
        await Assert.That(_test.Started).IsEmpty();
    }

    private async Task FailStartAsync()
    {
        var invocation = _test.Submit();
        _test.Pool.TryFailInit(
            _test.Started[^1],
            InvocationResult.Error(InvocationOutcome.WorkerLost, "Runtime.ImportModuleError", "no module"));
        _test.Pool.Exited(_test.Started[^1], "exit status 1", outOfMemory: false);
        await Assert.That((await invocation.Completion).ErrorMessage()).IsEqualTo("no module");
    }

    [Test]
    public async Task A_lowered_limit_stops_idle_workers_at_once_and_busy_ones_after_their_answer()
    {
        var next = _test.Next(await _test.IdleWorkerAsync());
        Invocation[] running = [_test.Submit(), _test.Submit(), _test.Submit()];
        await Assert.That(await next).IsEqualTo(running[0]);
        foreach (var started in _test.Started.Skip(1))
            await _test.Next(started);
        await Assert.That(_test.Pool.Snapshot().Count(w => w.State == WorkerState.Busy)).IsEqualTo(3);
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 1 });
        var waiting = _test.Submit();

        var asked = new List<bool>();
        foreach (var worker in _test.Pool.Snapshot().ToArray())
        {
            _test.Pool.TryComplete(worker, worker.Current!.RequestId, PoolUnderTest.Answer);
            asked.Add(await _test.Next(worker) is not null);
        }

        await Assert.That(asked.Count(got => got)).IsEqualTo(1);
        await Assert.That(_test.Pool.Snapshot().Count).IsEqualTo(1);
        await Assert.That(running.All(i => i.Completion.Result.Outcome == InvocationOutcome.Succeeded)).IsTrue();
        await Assert.That(waiting.Started).IsNotNull();
    }

    [Test]
    public async Task A_function_that_is_stopped_while_it_is_warm_accepts_no_more_events()
    {
        var warm = await _test.IdleWorkerAsync();
        var next = _test.Next(warm);
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 0, Reserved = 0 });
        await Assert.That(await next).IsNull();
        await Assert.That(_test.Stopped).Contains(warm);
        var refused = _test.Submit();
        await Assert.That((await refused.Completion).Outcome).IsEqualTo(InvocationOutcome.Refused);

        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 1, Reserved = null });
        var running = _test.Submit();
        await _test.Next(_test.Started[^1]);
        var waiting = _test.Submit();
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 0, Reserved = 0 });
        await Assert.That((await waiting.Completion).Outcome).IsEqualTo(InvocationOutcome.Refused);
        await Assert.That(running.Completion.IsCompleted).IsFalse();
    }
}
