using CsCheck;
using Esb.Gateway.Schedules;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Tests.Schedules;

internal sealed class KeptScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Expressions = ["rate(1 minute)", "rate(7 minutes)", "cron(*/3 * * * ? *)", "cron(0 * * * ? *)", "at(2026-01-01T00:41:00)"];

    // Whatever the moments, also a due one: what a row of timetables calls is what one alone calls.
    [Test]
    public void Timetables_that_follow_one_another_call_what_a_single_one_does()
    {
        Gen.Int[0, 600].Array[0, 12].Sample(moments =>
        {
            var expected = CallsOf([]);
            return CallsOf([.. moments.Distinct().Order()]).SequenceEqual(expected);
        });
    }

    [Test]
    public async Task A_timetable_that_has_ended_calls_nothing_and_takes_nothing_more()
    {
        var time = new ManualTime(Start);
        List<string> calls = [];
        using var table = new Timetable(time, (call, _) => calls.Add(call.Function));
        table.Apply(Wanted());
        var kept = table.End();
        table.Apply(Wanted());
        time.Advance(TimeSpan.FromHours(2));
        await Assert.That(calls).IsEmpty();
        await Assert.That(kept.Count).IsEqualTo(Expressions.Length);
    }

    [Test]
    public async Task What_became_due_between_the_end_of_one_and_the_beginning_of_the_next_is_called_at_once()
    {
        var time = new ManualTime(Start);
        List<DateTimeOffset> calls = [];
        using var first = new Timetable(time, (_, _) => throw new InvalidOperationException());
        first.Apply(Wanted());
        var kept = first.End();
        time.Advance(TimeSpan.FromSeconds(61));
        using var second = new Timetable(time, (call, due) => calls.Add(call.Expression == "rate(1 minute)" ? due : default));
        second.Apply(Wanted(), kept);
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That(calls).IsEquivalentTo([Start.AddMinutes(1)]);
    }

    // An hour in steps of six seconds, with a hand-over at each of the moments, which are numbers of steps.
    private static List<string> CallsOf(IReadOnlyList<int> moments)
    {
        var time = new ManualTime(Start);
        List<string> calls = [];
        void Call(ScheduledCall call, DateTimeOffset due) => calls.Add($"{call.Function} {due:HH:mm:ss}");
        var table = new Timetable(time, Call);
        table.Apply(Wanted());
        var at = 0;
        foreach (var moment in moments)
        {
            time.Advance(TimeSpan.FromSeconds((moment - at) * 6));
            at = moment;
            var kept = table.End();
            table.Dispose();
            table = new Timetable(time, Call);
            table.Apply(Wanted(), kept);
        }

        time.Advance(TimeSpan.FromSeconds((601 - at) * 6));
        table.Dispose();
        return calls;
    }

    private static Dictionary<ScheduledCall, ScheduleExpression> Wanted() =>
        Expressions.ToDictionary(e => new ScheduledCall(e, e, null, 0), e => ScheduleExpression.TryParse(e, TimeZoneInfo.Utc, out var parsed, out var reason) ? parsed : throw new InvalidOperationException(reason));
}
