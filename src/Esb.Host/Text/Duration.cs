using System.Globalization;

namespace Esb.Host.Text;

/// <summary>
/// Durations in text: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>, <c>7d</c>; <c>0</c> is no time at all.
/// </summary>
public static class Duration
{
    /// <summary>The description of the format in messages.</summary>
    public const string Form = "a duration such as 250ms, 30s, 5m or 1h";

    /// <summary>Parses a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The maximum.</param>
    /// <returns>Null when it is invalid or too long.</returns>
    public static TimeSpan? Parse(string text, TimeSpan longest)
    {
        var (digits, unit) = text switch
        {
            "0" => (text, TimeSpan.FromSeconds(1)),
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], TimeSpan.FromMilliseconds(1)),
            _ when text.EndsWith('s') => (text[..^1], TimeSpan.FromSeconds(1)),
            _ when text.EndsWith('m') => (text[..^1], TimeSpan.FromMinutes(1)),
            _ when text.EndsWith('h') => (text[..^1], TimeSpan.FromHours(1)),
            _ when text.EndsWith('d') => (text[..^1], TimeSpan.FromDays(1)),
            _ => ("", TimeSpan.Zero),
        };
        // Compared before the multiplication, because a million million hours exceed a TimeSpan.
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= longest / unit
            ? number * unit
            : null;
    }
}
