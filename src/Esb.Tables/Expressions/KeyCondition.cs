using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The part of a table or an index that a query reads.</summary>
/// <param name="HashName">The name of the partition key.</param>
/// <param name="Hash">The value of the partition key.</param>
/// <param name="Sort">The condition on the sort key, or null if there is none.</param>
public sealed record KeyCondition(string HashName, AttributeValue Hash, SortCondition? Sort)
{
    /// <summary>The values of the further attributes of the partition key.</summary>
    public IReadOnlyList<AttributeValue> MoreHashes { get; init; } = [];

    /// <summary>
    /// The values of the sort key attributes before the one that <see cref="Sort"/> concerns, if there are several.
    /// </summary>
    public IReadOnlyList<AttributeValue> FirstRanges { get; init; } = [];
}

/// <summary>A condition on a sort key.</summary>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">The operand; for BETWEEN, the lower bound.</param>
/// <param name="Upper">The upper bound of BETWEEN, which is not less than the lower bound.</param>
public sealed record SortCondition(SortOperator Operator, AttributeValue Value, AttributeValue? Upper = null);

/// <summary>The comparison operators for a sort key.</summary>
public enum SortOperator
{
    /// <summary>The key equals the operand.</summary>
    Equal,

    /// <summary>The key is less than the operand.</summary>
    Less,

    /// <summary>The key is less than or equal to the operand.</summary>
    LessOrEqual,

    /// <summary>The key is greater than the operand.</summary>
    Greater,

    /// <summary>The key is greater than or equal to the operand.</summary>
    GreaterOrEqual,

    /// <summary>The key lies between the two operands, or equals one of them.</summary>
    Between,

    /// <summary>The key begins with the operand, which is a string or bytes.</summary>
    BeginsWith,
}
