using System.Globalization;

namespace Esb.Cli.Terminal;

/// <summary>Formats durations for people.</summary>
internal static class DurationText
{
    /// <summary>Formats a waiting time: <c>0.4 s</c>, <c>2 min 5 s</c>.</summary>
    public static string Waited(TimeSpan span) => span.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s");

    /// <summary>Formats an age, in its largest unit only: <c>4 min</c>, <c>3 h</c>, <c>2 d</c>.</summary>
    public static string Age(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => InWholeUnits(span.TotalSeconds, "s"),
        { TotalMinutes: < 60 } => InWholeUnits(span.TotalMinutes, "min"),
        { TotalHours: < 48 } => InWholeUnits(span.TotalHours, "h"),
        _ => InWholeUnits(span.TotalDays, "d"),
    };

    /// <summary>Formats a latency: <c>1.1 ms</c>, <c>240 ms</c>, <c>3.2 s</c>.</summary>
    public static string Latency(double milliseconds) => milliseconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.0} s"),
    };

    private static string InWholeUnits(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Max(value, 0)} {unit}");
}
