using Esb.AgentProtocol;
using Esb.Gateway.Authorizers;
using Esb.Gateway.Clocks;
using Esb.Gateway.Logs;
using Esb.Gateway.Tests.Schedules;
using Esb.Gateway.Tests.Workers;
using Esb.Gateway.Workers;
using Esb.Schema.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Esb.Gateway.Tests.Clocks;

/// <summary>
/// When the wall clock is changed by a day in either direction, no interval becomes shorter or longer.
/// </summary>
[Arguments(-1)]
[Arguments(1)]
internal sealed class SetClockTests(int days)
{
    private readonly PoolUnderTest _test = new();

    [Test]
    public async Task A_running_event_has_its_timeout_and_no_more()
    {
        var invocation = _test.Submit();
        await _test.Next(_test.Started[0]);
        SetClock(_test.Time);
        _test.Time.Advance(TimeSpan.FromSeconds(2));
        _test.Pool.EnforceTimeouts();
        await Assert.That(invocation.Completion.IsCompleted).IsFalse();
        _test.Time.Advance(TimeSpan.FromSeconds(2));
        _test.Pool.EnforceTimeouts();
        await Assert.That((await invocation.Completion).Outcome).IsEqualTo(InvocationOutcome.TimedOut);
    }

    [Test]
    public async Task A_waiting_event_has_its_timeout_and_no_more()
    {
        var invocation = _test.Submit();
        SetClock(_test.Time);
        _test.Time.Advance(TimeSpan.FromSeconds(9));
        _test.Pool.EnforceTimeouts();
        await Assert.That(invocation.Completion.IsCompleted).IsFalse();
        _test.Time.Advance(TimeSpan.FromSeconds(2));
        _test.Pool.EnforceTimeouts();
        await Assert.That(invocation.Completion.IsCompleted).IsTrue();
    }

    [Test]
    public async Task An_idle_worker_stays_for_its_time_and_no_longer()
    {
        _ = _test.Next(await _test.IdleWorkerAsync());
        SetClock(_test.Time);
        _test.Time.Advance(TimeSpan.FromSeconds(299));
        _test.Pool.EnforceTimeouts();
        await Assert.That(_test.Stopped).IsEmpty();
        _test.Time.Advance(TimeSpan.FromSeconds(2));
        _test.Pool.EnforceTimeouts();
        await Assert.That(_test.Stopped.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_function_that_failed_to_start_is_paused_for_its_time_and_no_longer()
    {
        for (var i = 0; i < 3; i++)
        {
            _test.Submit();
            _test.Pool.Exited(_test.Started[^1], "exit status 1", outOfMemory: false);
        }

        SetClock(_test.Time);
        await Assert.That(_test.Submit().Completion.IsCompleted).IsTrue();
        _test.Time.Advance(TimeSpan.FromSeconds(5));
        await Assert.That(_test.Submit().Completion.IsCompleted).IsFalse();
    }

    [Test]
    public async Task An_authorizers_answer_is_cached_for_its_time_and_no_longer()
    {
        var cache = new AnswerCache(TimeSpan.FromSeconds(300), _test.Time);
        var key = cache.KeyOf(["token"])!;
        cache.Add(key, new AuthorizerAnswer(null!, true, null));
        SetClock(_test.Time);
        _test.Time.Advance(TimeSpan.FromSeconds(299));
        await Assert.That(cache.Find(key)).IsNotNull();
        _test.Time.Advance(TimeSpan.FromSeconds(2));
        await Assert.That(cache.Find(key)).IsNull();
    }

    [Test]
    public async Task A_key_has_its_rate_and_neither_more_nor_less()
    {
        var key = new ApiKeyDefinition("k", "v", null, 1, 2, null, null);
        var meter = new ApiKeyMeter(_test.Time);
        await Assert.That((meter.Take(key), meter.Take(key), meter.Take(key)))
            .IsEqualTo((KeyOutcome.Good, KeyOutcome.Good, KeyOutcome.TooFast));
        SetClock(_test.Time);
        await Assert.That(meter.Take(key)).IsEqualTo(KeyOutcome.TooFast);
        _test.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That((meter.Take(key), meter.Take(key))).IsEqualTo((KeyOutcome.Good, KeyOutcome.TooFast));
    }

    [Test]
    public async Task The_calls_of_the_last_minute_are_counted_correctly()
    {
        var statistics = new FunctionStatistics(_test.Time);
        statistics.Record(TimeSpan.FromMilliseconds(1), coldStart: false, PoolUnderTest.Answer);
        SetClock(_test.Time);
        await Assert.That(statistics.CallsInLastMinute()).IsEqualTo(1);
        _test.Time.Advance(TimeSpan.FromSeconds(61));
        await Assert.That(statistics.CallsInLastMinute()).IsEqualTo(0);
    }

    [Test]
    public async Task A_line_belongs_to_the_invocation_that_ran_when_it_was_written()
    {
        var store = new LogStore(null, NullLogger<LogStore>.Instance);
        var worker = await _test.IdleWorkerAsync();
        _test.Time.Advance(TimeSpan.FromSeconds(1));
        var wait = _test.Next(worker);
        var invocation = _test.Submit();
        await wait;
        SetClock(_test.Time);
        _test.Time.Advance(TimeSpan.FromSeconds(1));
        new FunctionLog(store).Write(
            worker, [new LogLine { Text = "mine", TimeUs = _test.Time.GetUtcNow().ToUnixTimeMilliseconds() * 1000 }]);
        await Assert.That(store.Of(invocation.RequestId).Select(r => r.Text)).IsEquivalentTo(["mine"]);
    }

    private void SetClock(ManualTime time) => time.Set(time.GetUtcNow().AddDays(days));
}
