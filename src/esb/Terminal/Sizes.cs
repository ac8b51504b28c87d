using System.Globalization;

namespace Esb.Cli.Terminal;

/// <summary>Numbers of bytes as people read them.</summary>
internal static class Sizes
{
    private const double Step = 1000;

    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>In its largest unit, with one digit after the point below a hundred: <c>640 B</c>, <c>12.3 MB</c>.</summary>
    public static string Of(long bytes)
    {
        double size = bytes;
        var unit = 0;
        while (size >= Step && unit < Units.Length - 1)
        {
            size /= Step;
            unit++;
        }

        return unit == 0 || size >= 100
            ? string.Create(CultureInfo.InvariantCulture, $"{size:0} {Units[unit]}")
            : string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }
}
