using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Esb.Gateway.Clocks;
using Esb.Gateway.Schedules;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Tests.Schedules;

internal sealed class ScheduleTimerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Start);
    private readonly List<string> _calls = [];

    [Test]
    public async Task Each_schedule_is_called_at_its_own_times()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(5 minutes)"), ("b", "cron(7 * * * ? *)"), ("c", "rate(1 day)")));
        _time.Advance(TimeSpan.FromMinutes(14));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:05, b 00:07, a 00:10");
    }

    [Test]
    public async Task A_schedule_that_survives_a_reload_keeps_its_time_and_a_changed_one_starts_again()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(5 minutes)"), ("b", "rate(5 minutes)")));
        _time.Advance(TimeSpan.FromMinutes(4));
        table.Apply(Wanted(("a", "rate(5 minutes)"), ("b", "rate(3 minutes)"), ("new", "rate(2 minutes)")));
        _time.Advance(TimeSpan.FromMinutes(4));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:05, new 00:06, b 00:07, new 00:08");
    }

    [Test]
    public async Task A_removed_schedule_is_not_called()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(1 minute)")));
        _time.Advance(TimeSpan.FromMinutes(2));
        table.Apply(Wanted());
        _time.Advance(TimeSpan.FromHours(1));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01, a 00:02");
        await Assert.That(_time.TimerRuns).IsEqualTo(2);
    }

    [Test]
    public async Task Calls_missed_while_the_machine_slept_result_in_a_single_call()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(1 minute)")));
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Sleep(TimeSpan.FromHours(10));
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01, a 00:02, a 10:03");
    }

    [Test]
    public async Task A_change_of_the_clock_is_noticed_within_a_minute()
    {
        using var table = New();
        table.Apply(Wanted(("a", "cron(0 12 * * ? *)")));
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Set(Start.AddHours(11).AddMinutes(59));
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 12:00");
    }

    [Test]
    [Arguments(-3600)]
    [Arguments(3600)]
    [Arguments(-315_360_000)]
    [Arguments(315_360_000)]
    public async Task A_rate_keeps_its_rhythm_whatever_the_clock_is_set_to(int seconds)
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(5 minutes)")));
        _time.Advance(TimeSpan.FromMinutes(6));
        await Assert.That(_calls.Count).IsEqualTo(1);
        _time.Set(_time.GetUtcNow().AddSeconds(seconds));
        _time.Advance(TimeSpan.FromSeconds(239));
        await Assert.That(_calls.Count).IsEqualTo(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.That(_calls.Count).IsEqualTo(2);
        await Assert.That(_calls[1]).IsEqualTo($"a {Start.AddMinutes(10).AddSeconds(seconds):HH:mm}");
        _time.Advance(TimeSpan.FromHours(1));
        await Assert.That(_calls.Count).IsEqualTo(14);
    }

    [Test]
    public async Task A_time_of_day_that_a_corrected_clock_shows_twice_is_called_once()
    {
        using var table = New();
        table.Apply(Wanted(("a", "cron(0 * * * ? *)")));
        _time.Advance(TimeSpan.FromMinutes(60));
        _time.Set(Start.AddMinutes(59).AddSeconds(30));
        _time.Advance(TimeSpan.FromMinutes(61));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 01:00, a 02:00");
    }

    [Test]
    public async Task After_a_clock_was_set_back_by_hours_no_time_of_day_is_lost()
    {
        using var table = New();
        table.Apply(Wanted(("a", "cron(0 12 * * ? *)")));
        _time.Advance(TimeSpan.FromHours(12));
        _time.Set(Start.AddDays(-2).AddHours(11));
        _time.Advance(TimeSpan.FromHours(26));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 12:00, a 12:00, a 12:00");
    }

    [Test]
    public async Task A_one_time_schedule_is_called_once_and_not_lost_to_a_wrong_clock()
    {
        _time.Set(Start.AddYears(10));
        using var table = New();
        var wanted = Wanted(("a", "at(2026-01-01T12:00:00)"));
        table.Apply(wanted);
        _time.Advance(TimeSpan.FromMinutes(2));
        _time.Set(Start.AddHours(11));
        _time.Advance(TimeSpan.FromHours(2));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 12:00");
        _time.Set(Start.AddHours(11));
        table.Apply(wanted);
        _time.Advance(TimeSpan.FromHours(2));
        await Assert.That(_calls.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_clock_that_is_set_back_and_forth_within_a_minute_calls_a_time_once()
    {
        using var table = New();
        table.Apply(Wanted(("a", "cron(* * * * ? *)")));
        _time.Advance(TimeSpan.FromSeconds(30));
        _time.Set(Start.AddSeconds(119));
        _time.Advance(TimeSpan.FromSeconds(31));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01");
        _time.Set(Start.AddSeconds(50));
        _time.Advance(TimeSpan.FromSeconds(40));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01");
        _time.Advance(TimeSpan.FromSeconds(60));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01, a 00:02");
    }

    // For any settings of the clock at any moments.
    [Test]
    public void No_clock_change_silences_a_schedule_or_repeats_a_call_within_a_minute()
    {
        var steps = Gen.Select(Gen.Int[1, 300], Gen.OneOf(Gen.Int[-90, 90], Gen.Int[-100_000, 100_000])).Array[1, 20];
        steps.Sample(sequence =>
        {
            var time = new ManualTime(Start.AddDays(100));
            List<TimeSpan> rates = [];
            List<(TimeSpan At, DateTimeOffset Due)> minutes = [];
            List<TimeSpan> changes = [TimeSpan.Zero];
            using var table = new ScheduleTimer(time, (call, due) =>
            {
                if (call.Function == "rate")
                    rates.Add(time.Steady());
                else
                    minutes.Add((time.Steady(), due));
            });
            table.Apply(Wanted(("rate", "rate(1 minute)"), ("cron", "cron(* * * * ? *)")));
            foreach (var (seconds, step) in sequence)
            {
                time.Advance(TimeSpan.FromSeconds(seconds));
                time.Set(time.GetUtcNow().AddSeconds(step));
                changes.Add(time.Steady());
            }

            time.Advance(TimeSpan.FromMinutes(5));
            changes.Add(time.Steady());
            // A clock that is set back repeatedly shows no new minute; an untouched one does.
            var seen = minutes.Select(m => m.At).Concat(changes).Order().ToArray();
            return rates.Index().All(r => r.Item == TimeSpan.FromMinutes(r.Index + 1))
                && seen.Zip(seen.Skip(1)).All(pair => pair.Second - pair.First <= TimeSpan.FromMinutes(3))
                && minutes.GroupBy(m => m.Due).All(same => same.Zip(same.Skip(1))
                    .All(pair => pair.Second.At - pair.First.At > TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public async Task Nothing_is_called_after_the_end()
    {
        var table = New();
        table.Apply(Wanted(("a", "rate(1 minute)")));
        table.Dispose();
        _time.Advance(TimeSpan.FromMinutes(5));
        await Assert.That(_calls).IsEmpty();
    }

    [Test]
    public async Task The_payload_is_the_input_as_written_or_the_event_of_EventBridge()
    {
        var call = new ScheduledCall("report", "rate(1 day)", null, 0);
        var json = JsonNode.Parse(ScheduledEvent.PayloadOf(call, Start, "eu-west-1"))!;
        await Assert.That(Guid.TryParse((string?)json["id"], out _)).IsTrue();
        json.AsObject().Remove("id");
        const string Expected =
            """
            {"version":"0","detail-type":"Scheduled Event","source":"aws.events","account":"000000000000","time":"2026-01-01T00:00:00Z",
             "region":"eu-west-1","resources":["arn:aws:events:eu-west-1:000000000000:rule/report-0"],"detail":{}}
            """;
        await Assert.That(JsonNode.DeepEquals(json, JsonNode.Parse(Expected))).IsTrue().Because(json.ToJsonString());
        await Assert.That(Encoding.UTF8.GetString(ScheduledEvent.PayloadOf(
            call with { Input = "{\"é\": 1}" }, Start, "x"))).IsEqualTo("{\"é\": 1}");
    }

    private ScheduleTimer New() =>
        new(_time, (call, due) => _calls.Add($"{call.Function} {due.ToString("HH:mm", CultureInfo.InvariantCulture)}"));

    private static Dictionary<ScheduledCall, ScheduleExpression> Wanted(
        params (string Function, string Expression)[] schedules) =>
        schedules.ToDictionary(
            s => new ScheduledCall(s.Function, s.Expression, null, 0),
            s => ScheduleExpression.TryParse(s.Expression, out var expression, out var error)
                ? expression
                : throw new ArgumentException(error));
}
