using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>What a query requires of one key attribute.</summary>
/// <param name="Operator">The comparison operator; null if no key can be looked up by it.</param>
/// <param name="Values">The operands of the comparison.</param>
internal sealed record KeyTest(SortOperator? Operator, IReadOnlyList<AttributeValue> Values);
