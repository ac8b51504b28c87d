using System.Globalization;
using System.Text;

namespace Esb.Stores.Backups;

/// <summary>The header of an entry. Source: POSIX.1-2017, pax, ustar Interchange Format.</summary>
internal static class TarHeader
{
    private const int Block = 512;
    private const int SumStart = 148;
    private const int SumLength = 8;

    /// <summary>Whether a header has the sum of its bytes in it, for which its own field counts as spaces.</summary>
    public static bool IsIntact(ReadOnlySpan<byte> header)
    {
        if (header.Length != Block)
            return false;
        var sum = SumLength * ' ';
        for (var i = 0; i < Block; i++)
            sum += i is >= SumStart and < SumStart + SumLength ? 0 : header[i];
        var written = Encoding.ASCII.GetString(header.Slice(SumStart, SumLength));
        return written == string.Create(CultureInfo.InvariantCulture, $"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ");
    }
}
