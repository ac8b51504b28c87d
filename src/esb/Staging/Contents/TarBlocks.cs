namespace Esb.Cli.Staging.Contents;

/// <summary>
/// The positions and lengths of the fields that are read from the header of a tar entry. Source: GNU tar manual, "Basic
/// Tar Format".
/// </summary>
internal static class TarBlocks
{
    /// <summary>The length of a header; content is padded to a multiple of it.</summary>
    public const int Length = 512;

    /// <summary>The length of the name, which is the first field.</summary>
    public const int NameLength = 100;

    public const int SizeAt = 124;

    public const int SizeLength = 12;

    /// <summary>The position of the entry's type.</summary>
    public const int TypeAt = 156;

    /// <summary>The number of padding bytes after content of that size.</summary>
    public static int Padding(long size) => (int)((Length - (size % Length)) % Length);

    /// <summary>The size in a header; null when it is not written in digits, which are used for small sizes.</summary>
    public static int? SmallSize(ReadOnlySpan<byte> header)
    {
        long size = 0;
        foreach (var digit in header.Slice(SizeAt, SizeLength - 1))
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            size = (size * 8) + digit - '0';
        }

        return size <= int.MaxValue ? (int)size : null;
    }
}
