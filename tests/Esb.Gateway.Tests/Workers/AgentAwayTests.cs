using Esb.Gateway.Workers;

namespace Esb.Gateway.Tests.Workers;

/// <summary>How events are treated while no worker can be started, and when starts are slow.</summary>
internal sealed class AgentAwayTests
{
    private const string Reason = "the agent cannot be reached";

    private readonly PoolUnderTest _test = new();

    [Test]
    public async Task While_there_is_no_agent_an_event_waits_and_nothing_is_started_for_it()
    {
        _test.Obstacle = Reason;
        var waiting = _test.Submit();
        _test.Time.Advance(TimeSpan.FromSeconds(9));
        _test.Pool.EnforceTimeouts();
        await Assert.That(_test.Started).IsEmpty();
        await Assert.That(waiting.Completion.IsCompleted).IsFalse();
    }

    [Test]
    public async Task An_event_waits_for_the_agent_as_long_as_for_a_worker_and_then_gets_the_reason()
    {
        _test.Obstacle = Reason;
        var waiting = _test.Submit();
        _test.Time.Advance(TimeSpan.FromSeconds(11));
        _test.Pool.EnforceTimeouts();
        var result = await waiting.Completion;
        await Assert.That(result.Outcome).IsEqualTo(InvocationOutcome.PlatformLost);
        await Assert.That(result.ErrorMessage())
            .IsEqualTo("the agent cannot be reached; no worker of 'f' could be started within 10 s");
    }

    [Test]
    public async Task All_waiting_events_get_their_workers_as_soon_as_the_agent_is_back()
    {
        _test.Pool.Adjust(_test.Pool.Limits with { AcquireTimeout = TimeSpan.FromHours(1) });
        _test.Obstacle = Reason;
        var (one, two) = (_test.Submit(), _test.Submit());
        for (var waited = 0; waited < 600; waited++)
        {
            _test.Time.Advance(TimeSpan.FromSeconds(1));
            _test.Pool.EnforceTimeouts();
        }

        _test.Obstacle = null;
        _test.Pool.Refill();
        await Assert.That(_test.Started.Count).IsEqualTo(2);
        await Assert.That(await _test.Next(_test.Started[0])).IsSameReferenceAs(one);
        await Assert.That(await _test.Next(_test.Started[1])).IsSameReferenceAs(two);
    }

    [Test]
    public async Task A_start_without_an_agent_is_not_a_failed_start_however_often_it_happens()
    {
        var waiting = _test.Submit();
        for (var i = 0; i < 20; i++)
        {
            _test.Obstacle = Reason;
            _test.Pool.StartDeferred(_test.Started[^1]);
            _test.Pool.EnforceTimeouts();
            _test.Obstacle = null;
            _test.Pool.EnforceTimeouts();
            await Assert.That(_test.Started.Count).IsEqualTo(i + 2);
        }

        await Assert.That(await _test.Next(_test.Started[^1])).IsSameReferenceAs(waiting);
    }

    [Test]
    public async Task The_agents_reason_for_an_impossible_start_is_reported_at_once()
    {
        var waiting = _test.Submit();
        _test.Pool.StartFailed(_test.Started[0], "the engine does not have the image");
        await Assert.That(waiting.Completion.IsCompleted).IsTrue();
        await Assert.That((await waiting.Completion).ErrorMessage()).IsEqualTo("the engine does not have the image");
    }

    [Test]
    public async Task An_event_delayed_by_slow_starts_is_not_throttled()
    {
        _test.Submit();
        _test.Submit();
        _test.Pool.Adjust(_test.Pool.Limits with { Timeout = TimeSpan.FromMinutes(1) });
        var (third, fourth) = (_test.Submit(), _test.Submit());
        await _test.Next(_test.Started[0]);
        await _test.Next(_test.Started[1]);
        _test.Time.Advance(TimeSpan.FromSeconds(11));
        _test.Pool.EnforceTimeouts();
        foreach (var invocation in new[] { third, fourth })
        {
            var result = await invocation.Completion;
            await Assert.That(result.Outcome).IsEqualTo(InvocationOutcome.PlatformLost);
            await Assert.That(result.ErrorMessage())
                .IsEqualTo("workers of 'f' start too slowly: within 10 s, 2 of the 3 that it may have were up");
        }
    }
}
