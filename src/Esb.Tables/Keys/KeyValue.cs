using System.Text;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>Turns the value of a key attribute into bytes that sort as the values do.</summary>
internal static class KeyValue
{
    /// <summary>The maximum length of a partition key, in bytes.</summary>
    public const int LongestHash = 2048;

    /// <summary>The maximum length of a sort key, in bytes.</summary>
    public const int LongestRange = 1024;

    public static ReadOnlySpan<byte> Bytes(AttributeValue value) => value switch
    {
        StringValue text => Encoding.UTF8.GetBytes(text.Text),
        BinaryValue binary => binary.Bytes.Span,
        NumberValue number => OrderedNumber.Of(number.Number),
        _ => throw new ArgumentException($"{value.Type} cannot be a key", nameof(value)),
    };

    public static int Length(AttributeValue value) => value switch
    {
        StringValue text => Encoding.UTF8.GetByteCount(text.Text),
        BinaryValue binary => binary.Bytes.Length,
        _ => 1,
    };
}
