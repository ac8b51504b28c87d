using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Esb.Schema.Schedules;

/// <summary>
/// When a schedule runs: <c>rate(5 minutes)</c>, <c>cron(0 12 * * ? *)</c> or, once, <c>at(2030-01-31T12:00:00)</c>.
/// Immutable and deterministic. Sources: Amazon EventBridge, "Using cron and rate expressions to schedule rules", and
/// EventBridge Scheduler, "Schedule types".
/// </summary>
public sealed class ScheduleExpression
{
    private readonly Func<DateTimeOffset, DateTimeOffset?> _next;

    private ScheduleExpression(Func<DateTimeOffset, DateTimeOffset?> next) => _next = next;

    /// <summary>Parses an expression in UTC. An error is given in words that can follow the expression.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out ScheduleExpression? expression,
        [NotNullWhen(false)] out string? error) =>
        TryParse(text, TimeZoneInfo.Utc, out expression, out error);

    /// <summary>Parses an expression whose times of day are those of a zone.</summary>
    public static bool TryParse(
        string text,
        TimeZoneInfo zone,
        [NotNullWhen(true)] out ScheduleExpression? expression,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(zone);
        (expression, error) = Inside(text, "rate") is { } rate ? Rate(rate)
            : Inside(text, "cron") is { } cron ? Cron(cron, zone)
            : Inside(text, "at") is { } at ? At(at, zone)
            : (null, "it must be rate(VALUE UNIT), cron(MINUTES HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK YEAR) or "
                + "at(YYYY-MM-DDTHH:MM:SS)");
        return expression is not null;
    }

    /// <summary>The period of a rate; null for times of day.</summary>
    public TimeSpan? Period { get; private init; }

    /// <summary>Whether it is due only once.</summary>
    public bool IsOnce { get; private init; }

    /// <summary>The times between which it is active.</summary>
    public ScheduleWindow Window { get; private init; }

    /// <summary>
    /// Restricts an expression to a window. As in EventBridge Scheduler, a schedule that is due once ignores it.
    /// </summary>
    public ScheduleExpression Within(ScheduleWindow window)
    {
        if (IsOnce || window == default)
            return this;
        var next = _next;
        return new ScheduleExpression(Clamped) { Period = Period, Window = window };

        DateTimeOffset? Clamped(DateTimeOffset after)
        {
            // A rate begins at the start of the window. For times of day, the first one in the window counts.
            var at = window.Start is not { } start || start <= after ? next(after)
                : Period is not null ? start
                : next(start.AddTicks(-1));
            return at > window.End ? null : at;
        }
    }

    /// <summary>What is wrong with an expression, in words that can follow it; null when it is valid.</summary>
    /// <param name="text">The expression as written.</param>
    /// <param name="zone">The IANA name of its zone; null, or a zone that this machine does not know, for UTC.</param>
    public static string? Problem(string text, string? zone)
    {
        var found =
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        return TryParse(text, found, out _, out var error) ? null : error;
    }

    /// <summary>
    /// What is wrong with an expression of an EventBridge rule, which has neither a zone nor <c>at(…)</c> and requires
    /// a singular unit for one and a plural for more; null when it is valid. Source: Amazon EventBridge, "Rate
    /// expressions reference".
    /// </summary>
    public static string? ProblemOfRule(string text)
    {
        if (Problem(text, null) is { } problem)
            return problem;
        if (Inside(text, "at") is not null)
            return "a rule has no at(…): it belongs to EventBridge Scheduler, ScheduleV2 in SAM";
        if (Inside(text, "rate")?.Split(
            ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var value, var unit])
            return null;
        var isOne = int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) == 1;
        return isOne == unit.EndsWith('s')
            ? $"a rule needs {(isOne ? $"'{unit[..^1]}' after 1" : $"'{unit}s' after {value}")}"
            : null;
    }

    /// <summary>Whether a valid expression has no time in its window after the given one.</summary>
    public static bool IsOver(string text, string? zone, ScheduleWindow window, DateTimeOffset now)
    {
        var found =
            zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc;
        return TryParse(text, found, out var expression, out _) && expression.Within(window).Next(now) is null;
    }

    /// <summary>
    /// The first time strictly after the given one; null if there is none. For a rate that is one period later, so
    /// passing the time of the last run keeps the rhythm.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _next(after);

    private static (ScheduleExpression?, string?) Rate(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            || value <= 0)
            return (null, "a rate is a positive whole number and a unit, for example rate(5 minutes)");
        // AWS insists on "1 minute" and "5 minutes"; the meaning is clear either way.
        TimeSpan? unit = parts[1] switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "hour" or "hours" => TimeSpan.FromHours(1),
            "day" or "days" => TimeSpan.FromDays(1),
            _ => null,
        };
        if (unit is null)
            return (null, $"'{parts[1]}' is not a unit; allowed: minutes, hours and days");
        return value > TimeSpan.FromDays(MaxDays) / unit
            ? (null, $"a rate may be at most {MaxDays} days")
            : (new ScheduleExpression(after => after + (unit.Value * value)) { Period = unit.Value * value }, null);
    }

    // A hundred years: far beyond practical use, and no sum exceeds the calendar.
    private const int MaxDays = 36_500;

    private static (ScheduleExpression?, string?) Cron(string text, TimeZoneInfo zone) =>
        !AwsCron.TryParse(text, out var cron, out var error) ? (null, error)
        // A schedule for 31 February would be accepted and would never run.
        : cron.Next(DateTimeOffset.UnixEpoch, zone) is null ? (null, "it matches no day of the calendar")
        : (new ScheduleExpression(after => cron.Next(after, zone)), null);

    private static (ScheduleExpression?, string?) At(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(
            text.Trim(), "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return (
                null,
                $"'{text.Trim()}' is not a time; write it as YYYY-MM-DDTHH:MM:SS, for example at(2030-01-31T12:00:00)");
        // A time that the clock skips becomes the end of the gap; of a time that it shows twice, the first counts.
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var at = new DateTimeOffset(local, offset).ToUniversalTime();
        return (new ScheduleExpression(after => at > after ? at : null) { IsOnce = true }, null);
    }

    private static string? Inside(string text, string function)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.StartsWith(function) && trimmed[function.Length..].Trim() is ['(', .. var inner, ')']
            ? inner.ToString()
            : null;
    }
}
