using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The comparisons of conditions.</summary>
public enum Comparison
{
    /// <summary>The same value of the same type.</summary>
    Equal,

    /// <summary>Not the same; also true if an operand does not exist.</summary>
    NotEqual,

    /// <summary>Below; false unless both have the same type, and the type has an order.</summary>
    Less,

    /// <summary>Not above; false unless both have the same type, and the type has an order.</summary>
    LessOrEqual,

    /// <summary>Above; false unless both have the same type, and the type has an order.</summary>
    Greater,

    /// <summary>Not below; false unless both have the same type, and the type has an order.</summary>
    GreaterOrEqual,
}

/// <summary>A comparison.</summary>
/// <param name="Comparison">The kind of comparison.</param>
/// <param name="Left">One operand.</param>
/// <param name="Right">The other one.</param>
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

/// <summary>BETWEEN.</summary>
/// <param name="Operand">What is compared.</param>
/// <param name="Low">The lowest value.</param>
/// <param name="High">The highest value.</param>
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

/// <summary>IN.</summary>
/// <param name="Operand">What is compared.</param>
/// <param name="Among">The values, one of which it must be.</param>
public sealed record InCondition(Operand Operand, IReadOnlyList<Operand> Among) : Condition
{
    /// <inheritdoc />
    public override IEnumerable<AttributePath> Paths =>
        [.. Operand.Paths, .. Among.SelectMany(operand => operand.Paths)];

    /// <inheritdoc />
    public override bool IsTrue(MapValue item) =>
        Operand.In(item) is { } value && Among.Any(operand => value.Equals(operand.In(item)));
}
