using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Workers;

/// <summary>How a replaced revision ends.</summary>
internal sealed class DrainTests
{
    private readonly PoolUnderTest _test = new();

    [Test]
    public async Task An_event_that_was_moved_once_is_served_by_its_pool_whose_worker_ends_afterwards()
    {
        var moved = _test.NewInvocation();
        moved.Moved = true;
        _test.Pool.TrySubmit(moved);
        var fresh = _test.Submit();
        await Assert.That(_test.Pool.Drain().Single()).IsSameReferenceAs(fresh);
        await Assert.That(fresh.Moved).IsTrue();
        await Assert.That(_test.Stopped.Single()).IsSameReferenceAs(_test.Started[1]);
        await Assert.That(_test.Pool.IsDrained).IsFalse();

        var worker = _test.Started[0];
        await Assert.That(await _test.Next(worker)).IsSameReferenceAs(moved);
        await Assert.That(_test.Pool.TryComplete(worker, moved.RequestId, PoolUnderTest.Answer)).IsTrue();
        await Assert.That(await _test.Next(worker)).IsNull();
        await Assert.That(_test.Pool.IsDrained).IsTrue();
    }

    [Test]
    public async Task Without_a_successor_all_waiting_events_are_still_served()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MinCapacity = 1, MaxCapacity = 1 });
        var (first, second) = (_test.Submit(), _test.Submit());
        await Assert.That(_test.Pool.Drain(hasSuccessor: false)).IsEmpty();
        var worker = _test.Started.Single();
        await Assert.That(await _test.Next(worker)).IsSameReferenceAs(first);
        _test.Pool.TryComplete(worker, first.RequestId, PoolUnderTest.Answer);
        await Assert.That(await _test.Next(worker)).IsSameReferenceAs(second);
        _test.Pool.TryComplete(worker, second.RequestId, PoolUnderTest.Answer);
        await Assert.That(await _test.Next(worker)).IsNull();
        _test.Pool.Refill();
        await Assert.That(_test.Started.Count).IsEqualTo(1);
        await Assert.That(_test.Pool.IsDrained).IsTrue();
    }

    [Test]
    public async Task A_worker_that_dies_while_its_pool_is_drained_is_replaced_for_waiting_events()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { MaxCapacity = 1 });
        var running = _test.Submit();
        var worker = _test.Started[0];
        await _test.Next(worker);
        var waiting = _test.Submit();
        waiting.Moved = true;
        _test.Pool.Drain();
        _test.Pool.Exited(worker, "signal: killed", outOfMemory: false);
        await Assert.That((await running.Completion).Outcome).IsEqualTo(InvocationOutcome.WorkerLost);
        await Assert.That(await _test.Next(_test.Started[1])).IsSameReferenceAs(waiting);
    }

    [Test]
    public async Task A_drained_pool_that_lost_its_agent_gets_workers_again_for_waiting_events()
    {
        _test.Submit();
        _test.Pool.Drain(hasSuccessor: false);
        _test.Pool.AgentEnded("the agent ended");
        await Assert.That(_test.Pool.IsDrained).IsFalse();
        _test.Pool.Refill();
        await Assert.That(_test.Started.Count).IsEqualTo(2);
    }

    [Test]
    public async Task An_event_that_runs_too_long_on_a_replaced_revision_is_ended_by_its_timeout()
    {
        var running = _test.Submit();
        await _test.Next(_test.Started[0]);
        _test.Pool.Drain();
        _test.Time.Advance(TimeSpan.FromSeconds(4));
        _test.Pool.EnforceTimeouts();
        await Assert.That((await running.Completion).Outcome).IsEqualTo(InvocationOutcome.TimedOut);
        await Assert.That(_test.Stopped.Single()).IsSameReferenceAs(_test.Started[0]);
        await Assert.That(_test.Pool.IsDrained).IsTrue();
    }

    [Test]
    public async Task A_pool_in_service_is_never_mistaken_for_a_drained_one() =>
        await Assert.That(_test.Pool.IsDrained).IsFalse();
}
