using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Compares conditions on the sort key as ranges.</summary>
internal static class SortRange
{
    /// <summary>Whether some sort key could meet both conditions; null stands for all sort keys.</summary>
    public static bool Overlap(SortCondition? left, SortCondition? right) => (left, right) switch
    {
        (null, _) or (_, null) => true,
        ({ Operator: SortOperator.BeginsWith }, _) => OverlapsStart(left, right),
        (_, { Operator: SortOperator.BeginsWith }) => OverlapsStart(right, left),
        _ => !IsBelow(left, right) && !IsBelow(right, left),
    };

    // Values with a given beginning lie between that beginning and the first value that no longer has it.
    private static bool OverlapsStart(SortCondition start, SortCondition other)
    {
        if (Low(other) is { } low && ValueOrder.Compare(low, start.Value) > 0 && !Begins(low, start.Value))
            return false;
        return High(other) is not { } high || ValueOrder.Compare(high, start.Value) >= 0;
    }

    private static bool IsBelow(SortCondition left, SortCondition right)
    {
        if (High(left) is not { } high || Low(right) is not { } low)
            return false;
        var compared = ValueOrder.Compare(high, low);
        return compared < 0
            || (compared == 0 && (left.Operator == SortOperator.Less || right.Operator == SortOperator.Greater));
    }

    private static AttributeValue? Low(SortCondition sort) =>
        sort.Operator is SortOperator.Less or SortOperator.LessOrEqual ? null : sort.Value;

    private static AttributeValue? High(SortCondition sort) => sort.Operator switch
    {
        SortOperator.Greater or SortOperator.GreaterOrEqual => null,
        SortOperator.Between => sort.Upper,
        SortOperator.BeginsWith => null,
        _ => sort.Value,
    };

    private static bool Begins(AttributeValue value, AttributeValue start) =>
        new BeginsWithCondition(new ValueOperand(value), new ValueOperand(start)).IsTrue(MapValue.Empty);
}
