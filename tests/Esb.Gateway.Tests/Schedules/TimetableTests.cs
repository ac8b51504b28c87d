using System.Globalization;
using System.Text.Json.Nodes;
using System.Text;
using Esb.Gateway.Schedules;
using Esb.Schema.Schedules;

namespace Esb.Gateway.Tests.Schedules;

internal sealed class TimetableTests
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
    public async Task A_schedule_that_stays_through_a_reload_keeps_its_time_and_a_changed_one_starts_anew()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(5 minutes)"), ("b", "rate(5 minutes)")));
        _time.Advance(TimeSpan.FromMinutes(4));
        table.Apply(Wanted(("a", "rate(5 minutes)"), ("b", "rate(3 minutes)"), ("new", "rate(2 minutes)")));
        _time.Advance(TimeSpan.FromMinutes(4));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:05, new 00:06, b 00:07, new 00:08");
    }

    [Test]
    public async Task A_schedule_that_is_gone_is_not_called_any_more()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(1 minute)")));
        _time.Advance(TimeSpan.FromMinutes(2));
        table.Apply(Wanted());
        _time.Advance(TimeSpan.FromHours(1));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01, a 00:02");
        await Assert.That(_time.Wakings).IsEqualTo(2);
    }

    [Test]
    public async Task What_was_missed_while_the_machine_slept_is_called_once_and_not_made_up()
    {
        using var table = New();
        table.Apply(Wanted(("a", "rate(1 minute)")));
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Set(Start.AddHours(10));
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 00:01, a 00:02, a 10:02");
    }

    [Test]
    public async Task A_clock_that_is_set_is_followed_within_a_minute()
    {
        using var table = New();
        table.Apply(Wanted(("a", "cron(0 12 * * ? *)")));
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Set(Start.AddHours(11).AddMinutes(59));
        _time.Advance(TimeSpan.FromMinutes(2));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("a 12:00");
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
        await Assert.That(Encoding.UTF8.GetString(ScheduledEvent.PayloadOf(call with { Input = "{\"é\": 1}" }, Start, "x"))).IsEqualTo("{\"é\": 1}");
    }

    private Timetable New() =>
        new(_time, (call, due) => _calls.Add($"{call.Function} {due.ToString("HH:mm", CultureInfo.InvariantCulture)}"));

    private static Dictionary<ScheduledCall, ScheduleExpression> Wanted(params (string Function, string Expression)[] schedules) =>
        schedules.ToDictionary(
            s => new ScheduledCall(s.Function, s.Expression, null, 0),
            s => ScheduleExpression.TryParse(s.Expression, out var expression, out var error) ? expression : throw new ArgumentException(error));
}
