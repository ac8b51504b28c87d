using System.Globalization;
using Esb.Host.Settings;

namespace Esb.Host.Logs;

/// <summary>How much of a log is kept on the disk, in the terms of Docker's json-file driver.</summary>
/// <param name="MaxBytes">The maximum size of a file; a single longer line is kept completely.</param>
/// <param name="MaxFiles">The number of files, including the current one.</param>
public sealed record LogBounds(long MaxBytes, int MaxFiles)
{
    /// <summary>The setting of <see cref="MaxBytes"/>.</summary>
    public const string SizeVariable = "LOG_MAX_SIZE";

    /// <summary>The setting of <see cref="MaxFiles"/>.</summary>
    public const string FilesVariable = "LOG_MAX_FILES";

    private const long Smallest = 4 * 1024;
    private const int Most = 100;

    /// <summary>10 MiB, three files.</summary>
    public static LogBounds Default { get; } = new(10 * 1024 * 1024, 3);

    /// <summary>Reads the limits from settings; absent ones have their default.</summary>
    /// <exception cref="SettingException">A value is not allowed.</exception>
    public static LogBounds Read(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var size = setting(SizeVariable) is { Length: > 0 } text
            ? Bytes(text)
                ?? throw new SettingException(SizeVariable, text, "a size of at least 4k, such as 500k, 10m or 1g")
            : Default.MaxBytes;
        var files = setting(FilesVariable) is { Length: > 0 } count
            ? (int)WholeNumber.Parse(FilesVariable, count, 1, Most, "a number of files")
            : Default.MaxFiles;
        return new LogBounds(size, files);
    }

    /// <summary>The limits as settings, for a child process.</summary>
    public IEnumerable<(string Name, string Value)> Settings() =>
    [
        (SizeVariable, MaxBytes.ToString(CultureInfo.InvariantCulture)),
        (FilesVariable, MaxFiles.ToString(CultureInfo.InvariantCulture)),
    ];

    private static long? Bytes(string text)
    {
        var shift = char.ToLowerInvariant(text[^1]) switch { 'k' => 10, 'm' => 20, 'g' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number <= long.MaxValue >> shift
            && number << shift >= Smallest
            ? number << shift
            : null;
    }
}
