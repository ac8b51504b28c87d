using Esb.Gateway.Asynchronous;
using Esb.Gateway.Asynchronous.Journals;
using Esb.Gateway.Clocks;
using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Tests.Asynchronous;

internal sealed class RetryDecisionTests
{
    private static readonly Moment Now = new(DateTimeOffset.UnixEpoch.AddYears(50), TimeSpan.FromDays(7));

    [Test]
    [Arguments(0, null, Verdict.Retry, 1)]
    [Arguments(1, null, Verdict.Retry, 2)]
    [Arguments(2, null, Verdict.RetriesExhausted, 0)]
    [Arguments(0, 0, Verdict.RetriesExhausted, 0)]
    [Arguments(1, 1, Verdict.RetriesExhausted, 0)]
    public async Task A_failed_event_is_retried_after_one_and_after_two_minutes(
        int attempts,
        int? most,
        Verdict verdict,
        int minutes)
    {
        var settings = AsynchronousSettings.None with { MaximumRetryAttempts = most };
        foreach (var outcome in new[]
        {
            InvocationOutcome.Failed, InvocationOutcome.TimedOut, InvocationOutcome.WorkerLost,
        })
        {
            var decision = RetryDecision.After(Pending(attempts: attempts), outcome, settings, Now.Steady);
            await Assert.That(decision).IsEqualTo(new RetryDecision(verdict, TimeSpan.FromMinutes(minutes)));
        }
    }

    [Test]
    [Arguments(0, 1)]
    [Arguments(1, 2)]
    [Arguments(5, 32)]
    [Arguments(9, 300)]
    [Arguments(1000, 300)]
    public async Task A_throttled_event_is_retried_after_pauses_that_grow_to_five_minutes(int throttles, int seconds)
    {
        foreach (var outcome in new[] { InvocationOutcome.Refused, InvocationOutcome.PlatformLost })
        {
            var decision = RetryDecision.After(
                Pending(attempts: 2, throttles: throttles), outcome, AsynchronousSettings.None, Now.Steady);
            await Assert.That(decision).IsEqualTo(new RetryDecision(Verdict.Postpone, TimeSpan.FromSeconds(seconds)));
        }
    }

    [Test]
    public async Task An_event_that_would_be_too_old_at_its_next_attempt_is_given_up_now()
    {
        var settings = AsynchronousSettings.None with { MaximumEventAgeInSeconds = 60 };
        await Assert.That(RetryDecision.After(Pending(), InvocationOutcome.Failed, settings, Now.Steady).Verdict)
            .IsEqualTo(Verdict.EventAgeExceeded);
        await Assert.That(RetryDecision.After(Pending(), InvocationOutcome.Refused, settings, Now.Steady).Verdict)
            .IsEqualTo(Verdict.Postpone);
        await Assert.That(RetryDecision.IsTooOld(
            Pending(), AsynchronousSettings.None, Now.Steady + TimeSpan.FromHours(6))).IsTrue();
        await Assert.That(RetryDecision.IsTooOld(
            Pending(), AsynchronousSettings.None, Now.Steady + TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1)))
            .IsFalse();
    }

    private static PendingEvent Pending(int attempts = 0, int throttles = 0)
    {
        var pending = new PendingEvent("id", "f", Now.Wall, 0)
        {
            Attempts = attempts,
            Throttles = throttles,
            Times = EventTimes.New(Guid.Empty, Now.Steady),
        };
        return pending;
    }
}
