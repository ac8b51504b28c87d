namespace Esb.Host.Logs;

/// <summary>Where lines may be split between two files.</summary>
public static class WholeLines
{
    private const byte LineEnd = (byte)'\n';

    /// <summary>
    /// How many bytes, at most <paramref name="room"/>, can be taken without splitting a line; 0 when not even the
    /// first line fits.
    /// </summary>
    public static int Within(ReadOnlySpan<byte> lines, long room) =>
        lines.Length <= room ? lines.Length : room <= 0 ? 0 : lines[..(int)room].LastIndexOf(LineEnd) + 1;

    /// <summary>
    /// Like <see cref="Within"/>, but never less than the first line, because a line that fits nowhere has to go
    /// somewhere.
    /// </summary>
    public static int WithinOrFirst(ReadOnlySpan<byte> lines, long room) =>
        Within(lines, room) is > 0 and var count ? count
            : lines.IndexOf(LineEnd) is >= 0 and var end ? end + 1
            : lines.Length;
}
