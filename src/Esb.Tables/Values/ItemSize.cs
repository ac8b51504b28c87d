using System.Text;

namespace Esb.Tables.Values;

/// <summary>
/// Computes sizes as DynamoDB does. Source: Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats"; for
/// numbers, the sizes that the service was observed to count.
/// </summary>
public static class ItemSize
{
    /// <summary>The maximum size of an item, in bytes.</summary>
    public const int Most = 400 * 1024;

    private const int OfADocument = 3;

    /// <summary>The size of an item in bytes: the names and values of its attributes.</summary>
    public static int Of(MapValue item)
    {
        var size = 0;
        foreach (var (name, value) in item.Members)
            size += Encoding.UTF8.GetByteCount(name) + Of(value);
        return size;
    }

    /// <summary>The size of a value in bytes.</summary>
    public static int Of(AttributeValue value) => value switch
    {
        StringValue text => Encoding.UTF8.GetByteCount(text.Text),
        NumberValue number => Of(number.Number),
        BinaryValue binary => binary.Bytes.Length,
        BooleanValue or NullValue => 1,
        StringSetValue set => set.Members.Sum(Encoding.UTF8.GetByteCount),
        NumberSetValue set => set.Members.Sum(Of),
        BinarySetValue set => set.Members.Sum(member => member.Length),
        ListValue list => OfADocument + list.Elements.Sum(element => 1 + Of(element)),
        MapValue map => OfADocument + map.Members.Count + Of(map),
        _ => throw new InvalidOperationException($"A value of the type {value.Type} has no size."),
    };

    /// <summary>
    /// The size of a number in bytes: one, one for each two digits on either side of the point, and one for a minus
    /// sign.
    /// </summary>
    public static int Of(DynamoNumber number)
    {
        if (number.Sign == 0)
            return 1;
        var digits = number.Digits.Length;
        var whole = Math.Clamp(number.Magnitude + 1, 0, digits);
        return 1 + ((whole + 1) / 2) + ((digits - whole + 1) / 2) + (number.Sign < 0 ? 1 : 0);
    }
}
