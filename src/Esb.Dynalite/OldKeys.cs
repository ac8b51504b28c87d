using System.Text;

namespace Esb.Dynalite;

/// <summary>
/// The keys of dynalite 4: <c>table~NAME</c> for definitions, <c>tag-NAME~KEY</c> for tags, <c>item-NAME~…</c> for
/// items, and <c>index-…</c> for copies of items in the order of an index, which are not needed.
/// </summary>
internal static class OldKeys
{
    private const byte Separator = (byte)'~';

    public static byte[] Tables => "table~"u8.ToArray();

    public static byte[] Tags => "tag-"u8.ToArray();

    public static byte[] Items => "item-"u8.ToArray();

    /// <summary>
    /// Splits a key into the name of its table and the rest. The name of a table contains no separator.
    /// </summary>
    public static (string Table, string Remainder) Split(ReadOnlySpan<byte> key, byte[] prefix)
    {
        var name = key[prefix.Length..];
        var end = name.IndexOf(Separator);
        return end < 0
            ? (Encoding.UTF8.GetString(name), "")
            : (Encoding.UTF8.GetString(name[..end]), Encoding.UTF8.GetString(name[(end + 1)..]));
    }
}
