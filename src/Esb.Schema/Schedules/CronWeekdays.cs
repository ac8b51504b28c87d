using System.Globalization;
using System.Text;

namespace Esb.Schema.Schedules;

/// <summary>
/// Translates the day-of-week field from EventBridge's numbers (1 is Sunday) to Cronos's (0 is Sunday).
/// </summary>
internal static class CronWeekdays
{
    /// <exception cref="FormatException">A number that is not a day.</exception>
    public static string Translate(string field) => string.Join(',', field.Split(',').Select(TranslatePart));

    private static string TranslatePart(string part)
    {
        // An L alone is the last day of the week, which is Saturday.
        if (part == "L")
            return "6";
        var slash = part.IndexOf('/');
        var days = slash < 0 ? part : part[..slash];
        var step = slash < 0 ? "" : part[slash..];
        var hash = days.IndexOf('#');
        var nth = hash < 0 ? "" : days[hash..];
        days = string.Join('-', (hash < 0 ? days : days[..hash]).Split('-').Select(Day));
        // In Cronos an open step ends at 7, which is Sunday again.
        if (step.Length > 0 && !days.Contains('-'))
            days = days == "*" ? "0-6" : $"{days}-6";
        return days + nth + step;
    }

    // A number, possibly followed by L; names and other characters stay as they are.
    private static string Day(string text)
    {
        var digits = new StringBuilder();
        foreach (var c in text.TakeWhile(char.IsAsciiDigit))
            digits.Append(c);
        if (digits.Length == 0)
            return text;
        if (!int.TryParse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var day)
            || day is < 1 or > 7)
            throw new FormatException($"'{text}' is not a day of the week; allowed: 1 (Sunday) to 7 and SUN to SAT");
        return (day - 1).ToString(CultureInfo.InvariantCulture) + text[digits.Length..];
    }
}
