using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Interprets conditions that must all be true as conditions on keys.</summary>
internal static class Conjunction
{
    /// <summary>The individual conditions that are combined with AND.</summary>
    public static IEnumerable<Condition> Parts(Condition? condition) => condition switch
    {
        null => [],
        AllCondition all => all.Conditions.SelectMany(Parts),
        _ => [condition],
    };

    /// <summary>
    /// The value that a condition requires an attribute to have; null if the condition has another form.
    /// </summary>
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

    /// <summary>
    /// The distinct values, one of which a condition requires an attribute to have; null if the condition has another
    /// form.
    /// </summary>
    public static IReadOnlyList<AttributeValue>? OneOf(string attribute, Condition condition) =>
        AllOf(attribute, condition) is { } values ? [.. values.Distinct()] : null;

    /// <summary>The same values as they are written, including duplicates.</summary>
    public static IReadOnlyList<AttributeValue>? AllOf(string attribute, Condition condition) =>
        condition is InCondition { Operand: PathOperand path } among
            && Is(path, attribute)
            && among.Among.All(operand => operand is ValueOperand)
            ? [.. among.Among.Select(operand => ((ValueOperand)operand).Value)]
            : EqualTo(attribute, condition) is { } value ? [value] : null;

    /// <summary>
    /// The alternatives that a condition allows for the sort key; null if no query can apply the condition.
    /// </summary>
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
