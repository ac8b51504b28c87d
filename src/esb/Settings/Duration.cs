using System.Globalization;

namespace Esb.Cli.Settings;

/// <summary>Durations as people write them: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>1h</c>; <c>0</c> is none.</summary>
internal static class Duration
{
    /// <exception cref="CommandFailure">It is not one.</exception>
    public static TimeSpan Parse(string name, string value)
    {
        var (digits, unit) = value switch
        {
            "0" => (value, TimeSpan.Zero),
            _ when value.EndsWith("ms", StringComparison.Ordinal) => (value[..^2], TimeSpan.FromMilliseconds(1)),
            _ when value.EndsWith('s') => (value[..^1], TimeSpan.FromSeconds(1)),
            _ when value.EndsWith('m') => (value[..^1], TimeSpan.FromMinutes(1)),
            _ when value.EndsWith('h') => (value[..^1], TimeSpan.FromHours(1)),
            _ => ("", TimeSpan.Zero),
        };
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : throw CommandFailure.Setting(name, value, "a duration such as 250ms, 30s, 5m or 1h");
    }
}
