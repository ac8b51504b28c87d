using System.Buffers.Binary;
using System.Globalization;
using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>Places in the list of expiries. A place is the second of the expiry, and the place of the item.</summary>
internal static class ExpiryPlace
{
    /// <summary>
    /// An item whose expiry lies further in the past than this is kept. Source: Amazon DynamoDB Developer Guide, "Using
    /// time to live".
    /// </summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(5 * 365);

    /// <summary>The place of an item in the list; null when the item has no valid expiry.</summary>
    public static byte[]? Of(TimeToLive expiry, MapValue item, byte[] place)
    {
        if (!item.Members.TryGetValue(expiry.Attribute, out var value)
            || value is not NumberValue { Number: { Sign: > 0 } number }
            || !decimal.TryParse(number.ToString(), CultureInfo.InvariantCulture, out var seconds)
            || seconds > long.MaxValue)
            return null;
        return At(expiry, (long)seconds, place);
    }

    /// <summary>
    /// The place of an item that expires in a second; with an empty item, the place before all items of that second.
    /// </summary>
    public static byte[] At(TimeToLive expiry, long seconds, ReadOnlySpan<byte> item)
    {
        var key = new byte[sizeof(long) + item.Length];
        BinaryPrimitives.WriteInt64BigEndian(key, seconds);
        item.CopyTo(key.AsSpan(sizeof(long)));
        return Place.Of(expiry.Number, key);
    }
}
