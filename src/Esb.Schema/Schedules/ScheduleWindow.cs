using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Schedules;

/// <summary>
/// The times between which a schedule is active, as in EventBridge Scheduler's <c>StartDate</c> and <c>EndDate</c>.
/// Both ends are included; null means unlimited. Source: EventBridge Scheduler API reference, "CreateSchedule".
/// </summary>
/// <param name="Start">The first moment.</param>
/// <param name="End">The last moment.</param>
public readonly record struct ScheduleWindow(DateTimeOffset? Start, DateTimeOffset? End)
{
    /// <summary>How a time is written, as help text.</summary>
    public const string Rule = "write it as YYYY-MM-DDTHH:MM:SSZ, for example 2030-01-31T12:00:00Z";

    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads the window from two keys of a schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="start">The key of the start.</param>
    /// <param name="end">The key of the end.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static ScheduleWindow Read(MappingReader schedule, string start, string end, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var window = new ScheduleWindow(Read(schedule, start, diagnostics), Read(schedule, end, diagnostics));
        if (!(window.End <= window.Start))
            return window;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{schedule.Subject}: '{end}' is not after '{start}'",
            schedule.Mapping[end],
            "a schedule ends after it starts");
        return default;
    }

    private static DateTimeOffset? Read(MappingReader schedule, string key, DiagnosticBag diagnostics)
    {
        if (schedule.Text(key) is not { } text)
            return null;
        if (Moment(text) is { } moment)
            return moment;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{schedule.Subject}: '{key}' is '{text}', which is not a time",
            schedule.Mapping[key],
            Rule);
        return null;
    }

    /// <summary>Parses a moment, in UTC when the text has no offset. Null when it is invalid.</summary>
    public static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParseExact(
            text,
            Forms,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var at) ? at : null;

    /// <summary>A moment as it is written in files.</summary>
    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
