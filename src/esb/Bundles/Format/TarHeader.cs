using System.Buffers.Binary;
using System.Text;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// The header blocks of an entry in a tar file, in GNU's format. They do not depend on the machine, the user or the
/// time. Source: GNU tar manual, "Basic Tar Format".
/// </summary>
internal static class TarHeader
{
    /// <summary>Two empty blocks end a tar file.</summary>
    public const int EndLength = 2 * TarBlocks.Length;

    private const int ChecksumAt = 148;
    private const int LinkAt = 157;
    private const long MaxOctalSize = (1L << 33) - 1; // 11 digits
    private const string LongName = "././@LongLink";

    public static byte[] Of(BundleEntry entry)
    {
        var path = Encoding.UTF8.GetBytes(entry.Path);
        var link = Encoding.UTF8.GetBytes(entry.LinkTarget ?? "");
        using var blocks = new MemoryStream();
        if (link.Length > TarBlocks.NameLength)
            WriteLong(blocks, 'K', link);
        if (path.Length > TarBlocks.NameLength)
            WriteLong(blocks, 'L', path);
        var (type, mode) =
            entry.LinkTarget is not null ? ('2', "0000777") : ('0', entry.IsExecutable ? "0000755" : "0000644");
        blocks.Write(Header(path, link, mode, entry.Size, type));
        return blocks.ToArray();
    }

    private static void WriteLong(MemoryStream blocks, char type, byte[] text)
    {
        blocks.Write(Header(Encoding.ASCII.GetBytes(LongName), [], "0000000", text.Length + 1, type));
        blocks.Write(text);
        blocks.Write(new byte[1 + TarBlocks.Padding(text.Length + 1)]);
    }

    private static byte[] Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> link, string mode, long size, char type)
    {
        var header = new byte[TarBlocks.Length];
        void Put(int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));
        name[..Math.Min(name.Length, TarBlocks.NameLength)].CopyTo(header);
        Put(100, mode);
        Put(108, "0000000"); // owner
        Put(116, "0000000"); // group
        PutSize(header.AsSpan(TarBlocks.SizeAt, TarBlocks.SizeLength), size);
        Put(136, "00000000000"); // time
        Put(ChecksumAt, "        ");
        header[TarBlocks.TypeAt] = (byte)type;
        link[..Math.Min(link.Length, TarBlocks.NameLength)].CopyTo(header.AsSpan(LinkAt));
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
            Encoding.ASCII.GetBytes(Octal(size, TarBlocks.SizeLength - 1), field);
            return;
        }

        field[0] = 0x80; // base 256
        BinaryPrimitives.WriteInt64BigEndian(field[^8..], size);
    }

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');
}
