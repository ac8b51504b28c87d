using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Conditions all of which must be true, seen as conditions on keys.</summary>
internal static class Conjunction
{
    /// <summary>The conditions that are connected by AND.</summary>
    public static IEnumerable<Condition> Parts(Condition? condition) => condition switch
    {
        null => [],
        AllCondition all => all.Conditions.SelectMany(Parts),
        _ => [condition],
    };

    /// <summary>The value that an attribute must be equal to, if a condition says that.</summary>
    public static AttributeValue? EqualTo(string attribute, Condition condition) => condition switch
    {
        ComparisonCondition { Comparison: Comparison.Equal } equal => (equal.Left, equal.Right) switch
        {
            (PathOperand path, ValueOperand value) when Is(path, attribute) => value.Value,
            (ValueOperand value, PathOperand path) when Is(path, attribute) => value.Value,
            _ => null,
        },
        _ => null,
    };

    /// <summary>The values one of which an attribute must be equal to, if a condition says that.</summary>
    public static IReadOnlyList<AttributeValue>? OneOf(string attribute, Condition condition) =>
        condition is InCondition { Operand: PathOperand path } among
            && Is(path, attribute)
            && among.Among.All(operand => operand is ValueOperand)
            ? [.. among.Among.Select(operand => ((ValueOperand)operand).Value).Distinct()]
            : EqualTo(attribute, condition) is { } value ? [value] : null;

    /// <summary>What a sort key must meet, if a condition can be followed by a query.</summary>
    public static SortCondition? Sort(KeySchema keys, Condition condition)
    {
        if (keys.Range is not { } range)
            return null;
        var sort = condition switch
        {
            BetweenCondition { Operand: PathOperand path, Low: ValueOperand low, High: ValueOperand high }
                when Is(path, range) => new SortCondition(SortOperator.Between, low.Value, high.Value),
            BeginsWithCondition { Operand: PathOperand path, Start: ValueOperand start } when Is(path, range) =>
                new SortCondition(SortOperator.BeginsWith, start.Value),
            ComparisonCondition compared => Compared(range, compared),
            _ => null,
        };
        return sort is not null
            && sort.Value.Type == keys.RangeType
            && (sort.Upper ?? sort.Value).Type == keys.RangeType
            ? sort
            : null;
    }

    private static bool Is(PathOperand operand, string attribute) =>
        operand.Path.Steps.Count == 0 && operand.Path.Root == attribute;

    private static SortCondition? Compared(string range, ComparisonCondition compared)
    {
        if (compared is not { Left: PathOperand path, Right: ValueOperand value } || !Is(path, range))
            return null;
        return compared.Comparison switch
        {
            Comparison.Equal => new SortCondition(SortOperator.Equal, value.Value),
            Comparison.Less => new SortCondition(SortOperator.Less, value.Value),
            Comparison.LessOrEqual => new SortCondition(SortOperator.LessOrEqual, value.Value),
            Comparison.Greater => new SortCondition(SortOperator.Greater, value.Value),
            Comparison.GreaterOrEqual => new SortCondition(SortOperator.GreaterOrEqual, value.Value),
            _ => null,
        };
    }
}
