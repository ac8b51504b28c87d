using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>
/// How much of a page's 1 MB an item takes. This is not the size from which capacity is computed. The authors of
/// dynalite measured it at the service: a name counts as one byte, a string has a prefix whose size depends on its
/// length, and the sort key is counted again for every 3 KB that the item has begun.
/// </summary>
internal static class PageSize
{
    private const int Piece = 3072;
    private const int PieceHeader = 18;

    /// <summary>The bytes that an item takes.</summary>
    /// <param name="item">The item, as the table or index has it.</param>
    /// <param name="range">The sort key of the table, or null if it has none.</param>
    public static long Of(MapValue item, string? range)
    {
        long size = 0, rangeSize = 0;
        foreach (var (name, value) in item.Members)
        {
            if (name == range)
                rangeSize = ItemSize.Of(value);
            else
                size += Stored(value) + 1;
        }

        return 2 + size + ((1 + ((1 + size) / Piece)) * (PieceHeader + rangeSize));
    }

    private static long Stored(AttributeValue value) => value switch
    {
        StringValue text => ItemSize.Of(text) + Prefix(ItemSize.Of(text)),
        BinaryValue or NumberValue => ItemSize.Of(value) + 1,
        StringSetValue set => ItemSize.Of(value) + set.Members.Count + 1,
        NumberSetValue set => ItemSize.Of(value) + set.Members.Count + 1,
        BinarySetValue set => ItemSize.Of(value) + set.Members.Count + 1,
        NullValue => 0,
        ListValue list => 3 + list.Elements.Sum(element => 1 + Stored(element)),
        MapValue map => 3 + map.Members.Sum(member => 2 + Stored(member.Value)),
        _ => 1,
    };

    private static int Prefix(int length) => length < 128 ? 1 : length < 16384 ? 2 : 3;
}
