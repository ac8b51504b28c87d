using System.Globalization;
using CsCheck;
using Esb.Gateway.Schedules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Schedules;
using Esb.Schema.Yaml;

namespace Esb.Gateway.Tests.Schedules;

/// <summary>A schedule with a start or an end calls only between them.</summary>
internal sealed class ScheduleWindowTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTime _time = new(Noon);
    private readonly List<string> _calls = [];

    [Test]
    [Arguments("rate(5 minutes)", null, null, "12:05, 12:10, 12:15, 12:20, 12:25, 12:30")]
    [Arguments("rate(5 minutes)", "12:12", null, "12:12, 12:17, 12:22, 12:27")]
    [Arguments("rate(5 minutes)", null, "12:15", "12:05, 12:10, 12:15")]
    [Arguments("rate(5 minutes)", "12:12", "12:20", "12:12, 12:17")]
    [Arguments("rate(5 minutes)", "11:00", null, "12:05, 12:10, 12:15, 12:20, 12:25, 12:30")]
    [Arguments("rate(5 minutes)", null, "11:59", "")]
    [Arguments("rate(5 minutes)", "13:00", null, "")]
    [Arguments("cron(0/10 * * * ? *)", null, null, "12:10, 12:20, 12:30")]
    [Arguments("cron(0/10 * * * ? *)", "12:20", null, "12:20, 12:30")]
    [Arguments("cron(0/10 * * * ? *)", "12:21", null, "12:30")]
    [Arguments("cron(0/10 * * * ? *)", null, "12:20", "12:10, 12:20")]
    [Arguments("cron(0/10 * * * ? *)", null, "11:00", "")]
    [Arguments("cron(0/10 * * * ? *)", "13:00", null, "")]
    [Arguments("at(2026-01-01T12:10:00)", "12:20", "12:30", "12:10")]
    public async Task A_schedule_calls_between_its_start_and_its_end(
        string expression,
        string? start,
        string? end,
        string times)
    {
        using var table = Table();
        table.Apply(Wanted(expression, start, end));
        _time.Advance(TimeSpan.FromMinutes(30));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo(times);
    }

    [Test]
    [Arguments("rate(5 minutes)", "12:07", "12:20")]
    [Arguments("cron(0/10 * * * ? *)", null, "12:20")]
    public async Task A_call_missed_while_the_machine_slept_is_not_made_after_the_end(
        string expression,
        string? start,
        string? end)
    {
        using var table = Table();
        table.Apply(Wanted(expression, start, end));
        _time.Sleep(TimeSpan.FromHours(3));
        _time.Advance(TimeSpan.FromMinutes(30));
        await Assert.That(_calls).IsEmpty();
    }

    [Test]
    public async Task A_rate_that_waits_for_its_start_follows_a_change_of_the_clock()
    {
        using var table = Table();
        table.Apply(Wanted("rate(5 minutes)", "13:00", null));
        _time.Advance(TimeSpan.FromMinutes(1));
        _time.Set(Noon.AddMinutes(58));
        _time.Advance(TimeSpan.FromMinutes(8));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("13:00, 13:05");
    }

    [Test]
    public async Task A_gateway_that_follows_another_one_keeps_start_and_end()
    {
        var first = Table();
        first.Apply(Wanted("rate(5 minutes)", "12:12", "12:25"));
        _time.Advance(TimeSpan.FromMinutes(14));
        var kept = first.End();
        first.Dispose();
        using var second = Table();
        second.Apply(Wanted("rate(5 minutes)", "12:12", "12:25"), kept);
        _time.Advance(TimeSpan.FromMinutes(60));
        await Assert.That(string.Join(", ", _calls)).IsEqualTo("12:12, 12:17, 12:22");
    }

    [Test]
    public void No_schedule_is_due_outside_of_its_window() =>
        Gen.Select(
            Gen.OneOf("rate(1 minute)", "rate(3 hours)", "cron(0/7 * * * ? *)", "cron(30 4 ? * MON *)"),
            Gen.Int[-5000, 5000],
            Gen.Int[1, 20_000],
            Gen.Int[-10_000, 30_000])
            .Sample((text, start, length, after) =>
            {
                var window = new ScheduleWindow(Noon.AddMinutes(start), Noon.AddMinutes(start + length));
                var from = Noon.AddMinutes(after);
                return !ScheduleExpression.TryParse(text, out var expression, out _)
                    ? throw new ArgumentException(text)
                    : expression.Within(window).Next(from) is not { } next
                        || (next > from && next >= window.Start && next <= window.End);
            });

    [Test]
    [Arguments("start_date: 2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z", null)]
    [Arguments("end_date: '2030-01-01T02:00:00+02:00'", null, "2030-01-01T00:00:00Z")]
    [Arguments(
        "start_date: 2030-01-01, end_date: 2030-01-02T00:00:00.5", "2030-01-01T00:00:00Z", "2030-01-02T00:00:00.5Z")]
    public async Task Start_and_end_are_read_from_the_file(string keys, string? start, string? end)
    {
        var window = Read(keys, new DiagnosticBag()).Functions["f"].Schedules[0].Window;
        await Assert.That(window.Start is { } s ? ScheduleWindow.Write(s) : null).IsEqualTo(start);
        await Assert.That(window.End is { } e ? ScheduleWindow.Write(e) : null).IsEqualTo(end);
    }

    [Test]
    [Arguments("start_date: soon", "'start_date' is 'soon', which is not a time")]
    [Arguments("end_date: 12", "'end_date' is '12', which is not a time")]
    [Arguments("end_date: 2030-13-01T00:00:00Z", "which is not a time; write it as YYYY-MM-DDTHH:MM:SSZ")]
    [Arguments(
        "start_date: 2030-01-02T00:00:00Z, end_date: 2030-01-01T00:00:00Z", "'end_date' is not after 'start_date'")]
    public async Task An_invalid_time_is_an_error(string keys, string message)
    {
        var diagnostics = new DiagnosticBag();
        Read(keys, diagnostics);
        await Assert.That(string.Join('\n', diagnostics)).Contains("error: ").And.Contains(message);
    }

    private static FunctionsFile Read(string keys, DiagnosticBag diagnostics) => FunctionsFile.Read(
        (YamlMapping)YamlReader.Read(
            $"functions:\n  f:\n    code: .\n    runtime: python3.12\n    handler: a.b\n    events: [{{ schedule: "
                + $"{{ expression: rate(1 day), {keys} }} }}]\n", "functions.yml", diagnostics)!,
        diagnostics);

    private ScheduleTimer Table() =>
        new(_time, (_, due) => _calls.Add(due.ToString("HH:mm", CultureInfo.InvariantCulture)));

    private static Dictionary<ScheduledCall, ScheduleExpression> Wanted(string text, string? start, string? end)
    {
        var window = new ScheduleWindow(At(start), At(end));
        var expression = ScheduleExpression.TryParse(text, out var parsed, out var error)
            ? parsed
            : throw new ArgumentException(error);
        return new()
        {
            [new ScheduledCall("f", text, null, 0) { Start = window.Start, End = window.End }] = expression.Within(
                window),
        };
    }

    private static DateTimeOffset? At(string? time) => time is null ? null
        : Noon.Date.Add(TimeSpan.Parse(time, CultureInfo.InvariantCulture)) is var at ? new DateTimeOffset(
            at, TimeSpan.Zero)
        : null;
}
