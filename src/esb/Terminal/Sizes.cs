using System.Globalization;

namespace Esb.Cli.Terminal;

/// <summary>Formats sizes for people.</summary>
internal static class Sizes
{
    private const int Step = 1000;

    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    /// <summary><c>812 bytes</c>, <c>12.3 MB</c>; powers of 1,000, as disks are sold.</summary>
    public static string Of(long bytes)
    {
        if (bytes < Step)
            return bytes == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        var (size, unit) = ((double)bytes / Step, 0);
        for (; size >= Step && unit < Units.Length - 1; unit++)
            size /= Step;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.0} {Units[unit]}");
    }
}
