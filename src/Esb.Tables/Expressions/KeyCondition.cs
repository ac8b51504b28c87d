using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The part of a table or an index that a query reads.</summary>
/// <param name="HashName">The name of the partition key.</param>
/// <param name="Hash">The value of the partition key.</param>
/// <param name="Sort">What the sort key must meet, if anything.</param>
public sealed record KeyCondition(string HashName, AttributeValue Hash, SortCondition? Sort);

/// <summary>What a sort key must meet.</summary>
/// <param name="Operator">The comparison.</param>
/// <param name="Value">The operand; of BETWEEN the lower one.</param>
/// <param name="Upper">The upper operand of BETWEEN, not below the lower one.</param>
public sealed record SortCondition(SortOperator Operator, AttributeValue Value, AttributeValue? Upper = null);

/// <summary>The comparisons of a sort key.</summary>
public enum SortOperator
{
    /// <summary>It is the operand.</summary>
    Equal,

    /// <summary>It is below the operand.</summary>
    Less,

    /// <summary>It is the operand or below it.</summary>
    LessOrEqual,

    /// <summary>It is above the operand.</summary>
    Greater,

    /// <summary>It is the operand or above it.</summary>
    GreaterOrEqual,

    /// <summary>It is between the two operands, or one of them.</summary>
    Between,

    /// <summary>It begins with the operand, a string or bytes.</summary>
    BeginsWith,
}
