using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Unions and differences of sets.</summary>
internal static class SetArithmetic
{
    public static bool IsSet(AttributeValue value) => value is StringSetValue or NumberSetValue or BinarySetValue;

    /// <summary>The members of both sets; null unless both are sets of the same type.</summary>
    public static AttributeValue? Union(AttributeValue left, AttributeValue right) => (left, right) switch
    {
        (StringSetValue a, StringSetValue b) => new StringSetValue([.. a.Members.Union(b.Members)]),
        (NumberSetValue a, NumberSetValue b) => new NumberSetValue([.. a.Members.Union(b.Members)]),
        (BinarySetValue a, BinarySetValue b) => new BinarySetValue([.. a.Members.Union(b.Members)]),
        _ => null,
    };

    /// <summary>The members that only the left set has; null if there are none.</summary>
    public static AttributeValue? Difference(AttributeValue left, AttributeValue right)
    {
        AttributeValue? rest = (left, right) switch
        {
            (StringSetValue a, StringSetValue b) => new StringSetValue([.. a.Members.Except(b.Members)]),
            (NumberSetValue a, NumberSetValue b) => new NumberSetValue([.. a.Members.Except(b.Members)]),
            (BinarySetValue a, BinarySetValue b) => new BinarySetValue([.. a.Members.Except(b.Members)]),
            _ => null,
        };
        return rest is StringSetValue { Members.Count: 0 } or NumberSetValue { Members.Count: 0 }
            or BinarySetValue { Members.Count: 0 } ? null : rest;
    }
}
