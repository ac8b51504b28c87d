using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The function attribute_exists or attribute_not_exists.</summary>
/// <param name="Path">The path.</param>
/// <param name="Exists">Whether a value must exist at the path.</param>
public sealed record ExistsCondition(AttributePath Path, bool Exists) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [Path];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => Path.In(item) is not null == Exists;
}

/// <summary>The function attribute_type.</summary>
/// <param name="Operand">The operand to test.</param>
/// <param name="Expected">The type that it must have.</param>
public sealed record TypeCondition(Operand Operand, AttributeType Expected) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => Operand.Paths;

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => Operand.In(item)?.Type == Expected;
}

/// <summary>The function begins_with.</summary>
/// <param name="Operand">The operand to test.</param>
/// <param name="Start">What the operand must begin with: a string or bytes.</param>
public sealed record BeginsWithCondition(Operand Operand, Operand Start) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [.. Operand.Paths, .. Start.Paths];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => (Operand.In(item), Start.In(item)) switch
    {
        (StringValue text, StringValue start) => text.Text.StartsWith(start.Text, StringComparison.Ordinal),
        (BinaryValue binary, BinaryValue start) => binary.Bytes.Span.StartsWith(start.Bytes.Span),
        _ => false,
    };
}

/// <summary>
/// The function contains: looks for a part of a string or of bytes, a member of a set, or an element of a list.
/// </summary>
/// <param name="Operand">The operand to search.</param>
/// <param name="Part">What the operand must contain.</param>
public sealed record ContainsCondition(Operand Operand, Operand Part) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [.. Operand.Paths, .. Part.Paths];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) => (Operand.In(item), Part.In(item)) switch
    {
        (StringValue text, StringValue part) => text.Text.Contains(part.Text, StringComparison.Ordinal),
        (BinaryValue binary, BinaryValue part) => binary.Bytes.Span.IndexOf(part.Bytes.Span) >= 0,
        (StringSetValue set, StringValue member) => set.Members.Contains(member.Text),
        (NumberSetValue set, NumberValue member) => set.Members.Contains(member.Number),
        (BinarySetValue set, BinaryValue member) => set.Members.Contains(member.Bytes),
        (ListValue list, { } element) => list.Elements.Contains(element),
        _ => false,
    };
}
