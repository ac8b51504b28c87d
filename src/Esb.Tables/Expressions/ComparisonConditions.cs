using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The comparison operators of conditions.</summary>
public enum Comparison
{
    /// <summary>The operands are the same value of the same type.</summary>
    Equal,

    /// <summary>The operands differ; also true if one of them does not exist.</summary>
    NotEqual,

    /// <summary>Less than; false unless both operands have the same type and that type has an order.</summary>
    Less,

    /// <summary>Less than or equal; false unless both operands have the same type and that type has an order.</summary>
    LessOrEqual,

    /// <summary>Greater than; false unless both operands have the same type and that type has an order.</summary>
    Greater,

    /// <summary>
    /// Greater than or equal; false unless both operands have the same type and that type has an order.
    /// </summary>
    GreaterOrEqual,
}

/// <summary>A condition that compares two operands.</summary>
/// <param name="Comparison">The operator.</param>
/// <param name="Left">The left operand.</param>
/// <param name="Right">The right operand.</param>
public sealed record ComparisonCondition(Comparison Comparison, Operand Left, Operand Right) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [.. Left.Paths, .. Right.Paths];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item)
    {
        var (left, right) = (Left.In(item), Right.In(item));
        return Comparison switch
        {
            Comparison.Equal => left is not null && left.Equals(right),
            Comparison.NotEqual => left is null || !left.Equals(right),
            Comparison.Less => ValueOrder.Compare(left, right) < 0,
            Comparison.LessOrEqual => ValueOrder.Compare(left, right) <= 0,
            Comparison.Greater => ValueOrder.Compare(left, right) > 0,
            _ => ValueOrder.Compare(left, right) >= 0,
        };
    }
}

/// <summary>The BETWEEN condition.</summary>
/// <param name="Operand">The operand to compare.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public sealed record BetweenCondition(Operand Operand, Operand Low, Operand High) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths => [.. Operand.Paths, .. Low.Paths, .. High.Paths];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item)
    {
        var value = Operand.In(item);
        return ValueOrder.Compare(value, Low.In(item)) >= 0 && ValueOrder.Compare(value, High.In(item)) <= 0;
    }
}

/// <summary>The IN condition.</summary>
/// <param name="Operand">The operand to compare.</param>
/// <param name="Among">The values, one of which the operand must equal.</param>
public sealed record InCondition(Operand Operand, IReadOnlyList<Operand> Among) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths =>
        [.. Operand.Paths, .. Among.SelectMany(operand => operand.Paths)];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) =>
        Operand.In(item) is { } value && Among.Any(operand => value.Equals(operand.In(item)));
}
