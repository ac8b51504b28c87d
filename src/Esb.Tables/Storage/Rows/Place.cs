using System.Buffers.Binary;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>
/// Places in the ordered maps of items and entries. A place is the number of a table or an index, and a key.
/// </summary>
internal static class Place
{
    private const int NumberLength = sizeof(int);

    /// <summary>The place of a key.</summary>
    public static byte[] Of(int number, ReadOnlySpan<byte> key)
    {
        var place = new byte[NumberLength + key.Length];
        BinaryPrimitives.WriteInt32BigEndian(place, number);
        key.CopyTo(place.AsSpan(NumberLength));
        return place;
    }

    /// <summary>The first place after all places with a number.</summary>
    public static byte[] EndOf(int number) => Of(number + 1, []);

    /// <summary>The key of a place.</summary>
    public static Bytes KeyOf(ReadOnlySpan<byte> place) => new(place[NumberLength..].ToArray());
}
