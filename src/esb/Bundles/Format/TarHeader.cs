using System.Buffers.Binary;
using System.Text;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// The header blocks of an entry in a tar file, in GNU's format. They do not depend on the machine, the user or the
/// time. Source: GNU tar manual, "Basic Tar Format".
/// </summary>
internal static class TarHeader
{
    public const int Block = 512;

    /// <summary>Two empty blocks end a tar file.</summary>
    public const int EndLength = 2 * Block;

    private const int NameLength = 100;
    private const int SizeAt = 124;
    private const int SizeLength = 12;
    private const int ChecksumAt = 148;
    private const int TypeAt = 156;
    private const int LinkAt = 157;
    private const long MaxOctalSize = (1L << 33) - 1; // 11 digits
    private const string LongName = "././@LongLink";

    public static byte[] Of(BundleEntry entry)
    {
        var path = Encoding.UTF8.GetBytes(entry.Path);
        var link = Encoding.UTF8.GetBytes(entry.LinkTarget ?? "");
        using var blocks = new MemoryStream();
        if (link.Length > NameLength)
            WriteLong(blocks, 'K', link);
        if (path.Length > NameLength)
            WriteLong(blocks, 'L', path);
        var (type, mode) =
            entry.LinkTarget is not null ? ('2', "0000777") : ('0', entry.IsExecutable ? "0000755" : "0000644");
        blocks.Write(Header(path, link, mode, entry.Size, type));
        return blocks.ToArray();
    }

    /// <summary>The number of zero bytes after content of that size.</summary>
    public static int Padding(long size) => (int)((Block - (size % Block)) % Block);

    /// <summary>The size in a header; null when <see cref="Of"/> would not write it for a small file.</summary>
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

    private static void WriteLong(MemoryStream blocks, char type, byte[] text)
    {
        blocks.Write(Header(Encoding.ASCII.GetBytes(LongName), [], "0000000", text.Length + 1, type));
        blocks.Write(text);
        blocks.Write(new byte[1 + Padding(text.Length + 1)]);
    }

    private static byte[] Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> link, string mode, long size, char type)
    {
        var header = new byte[Block];
        void Put(int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));
        name[..Math.Min(name.Length, NameLength)].CopyTo(header);
        Put(100, mode);
        Put(108, "0000000"); // owner
        Put(116, "0000000"); // group
        PutSize(header.AsSpan(SizeAt, SizeLength), size);
        Put(136, "00000000000"); // time
        Put(ChecksumAt, "        ");
        header[TypeAt] = (byte)type;
        link[..Math.Min(link.Length, NameLength)].CopyTo(header.AsSpan(LinkAt));
        Put(257, "ustar  ");
        var sum = 0;
        foreach (var b in header)
            sum += b;
        Put(ChecksumAt, Octal(sum, 6) + "\0 ");
        return header;
    }

    private static void PutSize(Span<byte> field, long size)
    {
        if (size <= MaxOctalSize)
        {
            Encoding.ASCII.GetBytes(Octal(size, SizeLength - 1), field);
            return;
        }

        field[0] = 0x80; // base 256
        BinaryPrimitives.WriteInt64BigEndian(field[^8..], size);
    }

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');
}
