using System.Globalization;

namespace Esb.Gateway.Settings;

/// <summary>Durations as people write them: <c>250ms</c>, <c>1s</c>, <c>2m</c>; <c>0</c> is none.</summary>
internal static class Duration
{
    private const int LongestMinutes = 24 * 60;

    public static TimeSpan Parse(string variable, string value)
    {
        var (digits, unit) = value switch
        {
            "0" => ("0", TimeSpan.FromSeconds(1)),
            _ when value.EndsWith("ms", StringComparison.Ordinal) => (value[..^2], TimeSpan.FromMilliseconds(1)),
            _ when value.EndsWith('s') => (value[..^1], TimeSpan.FromSeconds(1)),
            _ when value.EndsWith('m') => (value[..^1], TimeSpan.FromMinutes(1)),
            _ => ("", TimeSpan.Zero),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number * unit <= TimeSpan.FromMinutes(LongestMinutes)
            ? number * unit
            : throw new SettingException(variable, value, $"a duration such as 250ms, 1s or 2m, at most {LongestMinutes}m; 0 turns it off");
    }
}
