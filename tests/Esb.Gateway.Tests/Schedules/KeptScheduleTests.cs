using CsCheck;
using Esb.Gateway.Schedules;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Tests.Schedules;

internal sealed class KeptScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Expressions =
        ["rate(1 minute)", "rate(7 minutes)", "cron(*/3 * * * ? *)", "cron(0 * * * ? *)", "at(2026-01-01T00:41:00)"];

    // Timers that replace each other at any moments, even at a due one.
    [Test]
    public void A_sequence_of_schedule_timers_makes_the_same_calls_as_a_single_one()
    {
        Gen.Int[0, 600].Array[0, 12].Sample(moments =>
        {
            var expected = CallsOf([]);
            return CallsOf([.. moments.Distinct().Order()]).SequenceEqual(expected);
        });
    }

    [Test]
    public async Task An_ended_schedule_timer_calls_nothing_and_accepts_nothing()
    {
        var time = new ManualTime(Start);
        List<string> calls = [];
        using var table = new ScheduleTimer(time, (call, _) => calls.Add(call.Function));
        table.Apply(Wanted());
        var kept = table.End();
        table.Apply(Wanted());
        time.Advance(TimeSpan.FromHours(2));
        await Assert.That(calls).IsEmpty();
        await Assert.That(kept.Count).IsEqualTo(Expressions.Length);
    }

    [Test]
    public async Task A_call_due_between_two_timers_is_made_at_once()
    {
        var time = new ManualTime(Start);
        List<DateTimeOffset> calls = [];
        using var first = new ScheduleTimer(time, (_, _) => throw new InvalidOperationException());
        first.Apply(Wanted());
        var kept = first.End();
        time.Advance(TimeSpan.FromSeconds(61));
        using var second = new ScheduleTimer(
            time, (call, due) => calls.Add(call.Expression == "rate(1 minute)" ? due : default));
        second.Apply(Wanted(), kept);
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That(calls).IsEquivalentTo([Start.AddMinutes(1)]);
    }

    // An hour in steps of six seconds, with hand-overs at the given steps.
    private static List<string> CallsOf(IReadOnlyList<int> moments)
    {
        var time = new ManualTime(Start);
        List<string> calls = [];
        void Call(ScheduledCall call, DateTimeOffset due) => calls.Add($"{call.Function} {due:HH:mm:ss}");
        var table = new ScheduleTimer(time, Call);
        table.Apply(Wanted());
        var at = 0;
        foreach (var moment in moments)
        {
            time.Advance(TimeSpan.FromSeconds((moment - at) * 6));
            at = moment;
            var kept = table.End();
            table.Dispose();
            table = new ScheduleTimer(time, Call);
            table.Apply(Wanted(), kept);
        }

        time.Advance(TimeSpan.FromSeconds((601 - at) * 6));
        table.Dispose();
        return calls;
    }

    private static Dictionary<ScheduledCall, ScheduleExpression> Wanted() =>
        Expressions.ToDictionary(
            e => new ScheduledCall(e, e, null, 0),
            e => ScheduleExpression.TryParse(e, TimeZoneInfo.Utc, out var parsed, out var reason)
                ? parsed
                : throw new InvalidOperationException(reason));
}
