using Esb.Tables.Catalog;
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

    /// <summary>The different values one of which an attribute must be equal to, if a condition says that.</summary>
    public static IReadOnlyList<AttributeValue>? OneOf(string attribute, Condition condition) =>
        AllOf(attribute, condition) is { } values ? [.. values.Distinct()] : null;

    /// <summary>The values one of which an attribute must be equal to, as they are written.</summary>
    public static IReadOnlyList<AttributeValue>? AllOf(string attribute, Condition condition) =>
        condition is InCondition { Operand: PathOperand path } among
            && Is(path, attribute)
            && among.Among.All(operand => operand is ValueOperand)
            ? [.. among.Among.Select(operand => ((ValueOperand)operand).Value)]
            : EqualTo(attribute, condition) is { } value ? [value] : null;

    /// <summary>What a sort key must meet, one of several, if a query can follow a condition.</summary>
    public static IReadOnlyList<SortCondition>? Sorts(KeySchema keys, Condition condition)
    {
        if (keys.Range is not { } range)
            return null;
        if (AllOf(range, condition) is { } values)
            return [.. values.Select(value => new SortCondition(SortOperator.Equal, value))];
        return condition switch
        {
            BetweenCondition { Operand: PathOperand path, Low: ValueOperand low, High: ValueOperand high }
                when Is(path, range) => [new SortCondition(SortOperator.Between, low.Value, high.Value)],
            BeginsWithCondition { Operand: PathOperand path, Start: ValueOperand start } when Is(path, range) =>
                [new SortCondition(SortOperator.BeginsWith, start.Value)],
            ComparisonCondition { Left: PathOperand path, Right: ValueOperand value } compared
                when Is(path, range) && OperatorOf(compared.Comparison) is { } @operator =>
                [new SortCondition(@operator, value.Value)],
            _ => null,
        };
    }

    private static bool Is(PathOperand operand, string attribute) =>
        operand.Path.Steps.Count == 0 && operand.Path.Root == attribute;

    private static SortOperator? OperatorOf(Comparison comparison) => comparison switch
    {
        Comparison.Less => SortOperator.Less,
        Comparison.LessOrEqual => SortOperator.LessOrEqual,
        Comparison.Greater => SortOperator.Greater,
        Comparison.GreaterOrEqual => SortOperator.GreaterOrEqual,
        _ => null,
    };
}
