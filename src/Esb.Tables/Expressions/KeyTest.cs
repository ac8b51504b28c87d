using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>What a query requires of one key attribute.</summary>
/// <param name="Operator">The comparison; null if it is one that no key can be read by.</param>
/// <param name="Values">Its operands.</param>
internal sealed record KeyTest(SortOperator? Operator, IReadOnlyList<AttributeValue> Values);
