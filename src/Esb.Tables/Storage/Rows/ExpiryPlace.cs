using System.Buffers.Binary;
using System.Globalization;
using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>Places in the order by expiry: the second, and the place of the item.</summary>
internal static class ExpiryPlace
{
    /// <summary>
    /// An item that expired longer ago than this stays. Source: Amazon DynamoDB Developer Guide, "Using time to live".
    /// </summary>
    public static readonly TimeSpan Oldest = TimeSpan.FromDays(5 * 365);

    /// <summary>The place of an item; null when it has no valid expiry.</summary>
    public static byte[]? Of(TimeToLive expiry, MapValue item, byte[] place)
    {
        if (!item.Members.TryGetValue(expiry.Attribute, out var value)
            || value is not NumberValue { Number: { Sign: > 0 } number }
            || !decimal.TryParse(number.ToString(), CultureInfo.InvariantCulture, out var seconds)
            || seconds > long.MaxValue)
            return null;
        return At(expiry, (long)seconds, place);
    }

    /// <summary>The place of a second, before all items of it.</summary>
    public static byte[] At(TimeToLive expiry, long seconds, ReadOnlySpan<byte> item)
    {
        var key = new byte[sizeof(long) + item.Length];
        BinaryPrimitives.WriteInt64BigEndian(key, seconds);
        item.CopyTo(key.AsSpan(sizeof(long)));
        return Place.Of(expiry.Number, key);
    }
}
