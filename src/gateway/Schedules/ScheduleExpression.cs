using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Esb.Gateway.Schedules;

/// <summary>
/// When a schedule fires: <c>rate(5 minutes)</c> or <c>cron(0 12 * * ? *)</c>, always in UTC. Source: Amazon EventBridge, "Using cron and
/// rate expressions to schedule rules". Immutable; the same question always has the same answer.
/// </summary>
internal sealed class ScheduleExpression
{
    private readonly TimeSpan _period;
    private readonly AwsCron? _cron;

    private ScheduleExpression(TimeSpan period) => _period = period;

    private ScheduleExpression(AwsCron cron) => _cron = cron;

    /// <summary>Reads an expression. What is wrong is said in words that fit behind the expression itself.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ScheduleExpression? expression, [NotNullWhen(false)] out string? error)
    {
        (expression, error) = Inside(text, "rate") is { } rate ? Rate(rate)
            : Inside(text, "cron") is { } cron ? Cron(cron)
            : (null, "it must be rate(VALUE UNIT) or cron(MINUTES HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK YEAR)");
        return expression is not null;
    }

    /// <summary>
    /// The first time strictly after the given one; null when there is none any more. For a rate that is one period later: who asks with
    /// the time of the last run keeps the rhythm.
    /// </summary>
    public DateTimeOffset? Next(DateTimeOffset after) => _cron is null ? after + _period : _cron.Next(after);

    private static (ScheduleExpression?, string?) Rate(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value <= 0)
            return (null, "a rate is a positive whole number and a unit, for example rate(5 minutes)");
        // AWS insists on "1 minute" and "5 minutes"; what is meant is clear either way.
        TimeSpan? unit = parts[1] switch
        {
            "minute" or "minutes" => TimeSpan.FromMinutes(1),
            "hour" or "hours" => TimeSpan.FromHours(1),
            "day" or "days" => TimeSpan.FromDays(1),
            _ => null,
        };
        if (unit is null)
            return (null, $"'{parts[1]}' is not a unit; allowed are minutes, hours and days");
        return value > TimeSpan.FromDays(MaxDays) / unit
            ? (null, $"a rate may be at most {MaxDays} days")
            : (new ScheduleExpression(unit.Value * value), null);
    }

    // A hundred years: far beyond use, and no sum of it leaves the calendar.
    private const int MaxDays = 36_500;

    private static (ScheduleExpression?, string?) Cron(string text) =>
        AwsCron.TryParse(text, out var cron, out var error) ? (new ScheduleExpression(cron), null) : (null, error);

    private static string? Inside(string text, string function)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.StartsWith(function) && trimmed[function.Length..].Trim() is ['(', .. var inner, ')'] ? inner.ToString() : null;
    }
}
