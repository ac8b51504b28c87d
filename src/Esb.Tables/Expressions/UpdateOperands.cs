using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The function if_not_exists.</summary>
/// <param name="Path">The path.</param>
/// <param name="Default">The operand to use if there is no value at the path.</param>
public sealed record IfNotExistsOperand(AttributePath Path, Operand Default) : Operand
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [Path, .. Default.Paths];

    /// <inheritdoc />
    public override AttributeValue? In(MapValue item) => Path.In(item) ?? Default.In(item);
}

/// <summary>The function list_append.</summary>
/// <param name="First">The first list.</param>
/// <param name="Second">The list that is appended to the first one.</param>
public sealed record ListAppendOperand(Operand First, Operand Second) : Operand
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [.. First.Paths, .. Second.Paths];

    /// <inheritdoc />
    public override AttributeType? FixedType => AttributeType.L;

    /// <inheritdoc />
    public override AttributeValue? In(MapValue item)
    {
        if ((First.In(item), Second.In(item)) is not ({ } first, { } second))
            return null;
        return (first, second) is (ListValue a, ListValue b)
            ? new ListValue([.. a.Elements, .. b.Elements])
            : throw TableException.Validation("An operand in the update expression has an incorrect data type");
    }
}

/// <summary>A sum or a difference.</summary>
/// <param name="IsDifference">Whether the right operand is subtracted from the left one.</param>
/// <param name="Left">The left operand, a number.</param>
/// <param name="Right">The right operand, a number.</param>
public sealed record ArithmeticOperand(bool IsDifference, Operand Left, Operand Right) : Operand
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [.. Left.Paths, .. Right.Paths];

    /// <inheritdoc />
    public override AttributeType? FixedType => AttributeType.N;

    /// <inheritdoc />
    public override AttributeValue? In(MapValue item)
    {
        if ((Left.In(item), Right.In(item)) is not ({ } left, { } right))
            return null;
        return (left, right) is (NumberValue a, NumberValue b)
            ? new NumberValue(IsDifference ? a.Number - b.Number : a.Number + b.Number)
            : throw TableException.Validation("An operand in the update expression has an incorrect data type");
    }
}
