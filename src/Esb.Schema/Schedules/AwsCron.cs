using System.Diagnostics.CodeAnalysis;
using Cronos;

namespace Esb.Schema.Schedules;

/// <summary>
/// EventBridge's cron: six fields, days of the week from 1 (Sunday) to 7, a question mark in one of the two day fields,
/// and a year. Five fields are translated for Cronos, which has neither that numbering nor years; this class steps
/// through the years.
/// </summary>
/// <remarks>
/// Deviations: descending ranges (<c>22-1</c>), <c>L-3</c> and commas after fields are accepted, where AWS may refuse
/// them; days and months may be in lower case.
/// </remarks>
internal sealed class AwsCron
{
    private readonly CronExpression _withinYear;
    private readonly CronYears _years;

    private AwsCron(CronExpression withinYear, CronYears years)
    {
        _withinYear = withinYear;
        _years = years;
    }

    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out AwsCron? cron,
        [NotNullWhen(false)] out string? error)
    {
        cron = null;
        var written = text.ToUpperInvariant()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string[] fields = [.. written.Select(f => f.TrimEnd(','))];
        error = Problem(fields);
        if (error is not null)
            return false;
        if (!CronYears.TryParse(fields[5], out var years))
        {
            error = $"'{fields[5]}' is not a year; allowed: {CronYears.First} to {CronYears.Last}, '*', ranges, "
                + "lists and steps";
            return false;
        }

        try
        {
            var withinYear = string.Join(' ', [.. fields[..4], CronWeekdays.Translate(fields[4])]);
            cron = new AwsCron(CronExpression.Parse(withinYear), years);
            return true;
        }
        catch (FormatException e)
        {
            error = e.Message.ReplaceLineEndings(" ");
            return false;
        }
    }

    /// <summary>
    /// The first time after the given one at which the clock of the zone shows a time that the expression matches. A
    /// time that the clock skips in spring is omitted, and one that it shows twice in autumn counts once. Source:
    /// EventBridge Scheduler, "Daylight savings time".
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        var from = after;
        var inclusive = false;
        // The loop ends, because every iteration starts later than the one before it, and the calendar has an end.
        while (_withinYear.GetNextOccurrence(from, zone, inclusive) is { } next)
        {
            if (_years.NextFrom(next.Year) is not { } year)
                return null;
            if (year == next.Year && IsOnTheClock(next))
                return next.ToUniversalTime();
            inclusive = year != next.Year;
            from = inclusive ? StartOf(year, zone) : next;
        }

        return null;
    }

    // Cronos moves a time in the gap to the end of the gap, where the clock shows another time.
    private bool IsOnTheClock(DateTimeOffset next)
    {
        var shown = DateTime.SpecifyKind(next.DateTime, DateTimeKind.Utc);
        return _withinYear.GetNextOccurrence(shown, inclusive: true) == shown;
    }

    private static DateTimeOffset StartOf(int year, TimeZoneInfo zone)
    {
        var start = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        return new DateTimeOffset(start, zone.GetUtcOffset(start));
    }

    private static string? Problem(string[] fields)
    {
        if (fields.Length != 6)
            return "a cron has six fields (minutes, hours, day of month, month, day of week, year), "
                + $"this has {fields.Length}";
        if (fields[2] == "?" == (fields[4] == "?"))
            return "exactly one of day of month and day of week must be '?'";
        // Cronos accepts more than EventBridge: H for any value, ? everywhere, macros.
        (string Name, string Field, string Allowed)[] alphabets =
        [
            ("minutes", fields[0], ",-*/"),
            ("hours", fields[1], ",-*/"),
            ("day of month", fields[2], ",-*?/LW"),
            ("month", fields[3], ",-*/ABCDEFGJLMNOPRSTUVY"),
            ("day of week", fields[4], ",-*?/#LADEFHIMNORSTUW"),
        ];
        foreach (var (name, field, allowed) in alphabets)
        {
            if (field.AsSpan().IndexOfAnyExcept(string.Concat("0123456789", allowed)) is var at and >= 0)
                return $"'{field[at]}' is not allowed in '{field}' ({name})";
        }

        return null;
    }
}
