namespace Esb.Tables.Values;

/// <summary>Compares strings, numbers and binary values.</summary>
public static class ValueOrder
{
    /// <summary>Compares two values of the same type. Null if the types differ or have no order.</summary>
    public static int? Compare(AttributeValue? left, AttributeValue? right) => (left, right) switch
    {
        (StringValue a, StringValue b) => Compare(a.Text, b.Text),
        (NumberValue a, NumberValue b) => a.Number.CompareTo(b.Number),
        (BinaryValue a, BinaryValue b) => a.Bytes.CompareTo(b.Bytes),
        _ => null,
    };

    /// <summary>Compares two strings as their UTF-8 bytes would compare.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[common], right[common]);
        // A character that takes two UTF-16 code units comes after all that take one.
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? char.IsSurrogate(a) ? 1 : -1 : a.CompareTo(b);
    }
}
