using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Sorts the parts that a SELECT reads as ORDER BY requires.</summary>
internal static class SelectOrders
{
    private static readonly Comparer<AttributeValue?> Ascending =
        Comparer<AttributeValue?>.Create(static (left, right) => ValueOrder.Compare(left, right) ?? 0);

    /// <summary>The parts in order.</summary>
    /// <exception cref="TableException">The order does not fit the keys, or there are no parts.</exception>
    public static IReadOnlyList<KeyCondition> Sorted(
        IReadOnlyList<SelectOrder> orders, IReadOnlyList<KeyCondition>? reads, KeySchema keys)
    {
        if (orders.FirstOrDefault(order => !keys.Has(order.Attribute)) is { } other)
            throw TableException.Validation(
                $"Variable reference {other.Attribute} in ORDER BY clause must be part of the primary key");
        if (reads is null)
            throw TableException.Validation(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
        var byHash = orders.FirstOrDefault(order => order.Attribute == keys.Hash);
        if (byHash is null && reads.Select(read => read.Hash).Distinct().Count() > 1)
            throw TableException.Validation(
                "Must have hash key in ORDER BY clause when more than one hash key condition specified "
                    + "in WHERE clause.");
        var hashes = reads.GroupBy(read => read.Hash);
        var groups = byHash is { IsDescending: true }
            ? hashes.OrderByDescending(group => group.Key, Ascending)
            : hashes.OrderBy(group => group.Key, Ascending);
        return
        [
            .. groups.SelectMany(group => orders[^1].IsDescending
                ? group.OrderByDescending(Low, Ascending)
                : group.OrderBy(Low, Ascending)),
        ];
    }

    // Parts of the same partition do not overlap, so the part without a lower bound comes first.
    private static AttributeValue? Low(KeyCondition read) =>
        read.Sort is null or { Operator: SortOperator.Less or SortOperator.LessOrEqual } ? null : read.Sort.Value;
}
