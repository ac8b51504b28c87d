using System.Text;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>The value of a key attribute as bytes that order as the values do.</summary>
internal static class KeyValue
{
    /// <summary>The most bytes of a partition key.</summary>
    public const int LongestHash = 2048;

    /// <summary>The most bytes of a sort key.</summary>
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
