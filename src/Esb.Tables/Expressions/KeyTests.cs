using Esb.Tables.Errors;

namespace Esb.Tables.Expressions;

/// <summary>Reads a condition as comparisons of attributes with values.</summary>
internal static class KeyTests
{
    private const string Invalid = "Invalid condition in KeyConditionExpression: ";

    /// <summary>The comparison for each attribute.</summary>
    /// <exception cref="TableException">The condition has another form.</exception>
    public static IReadOnlyDictionary<string, KeyTest> Of(Condition condition)
    {
        var tests = new Dictionary<string, KeyTest>();
        foreach (var part in condition is AllCondition all ? all.Conditions : [condition])
        {
            if (RefusedOperator(part) is { } refused)
                throw TableException.Validation($"Invalid operator used in KeyConditionExpression: {refused}");
            var (name, test) = Test(part);
            if (!tests.TryAdd(name, test))
                throw TableException.Validation(
                    "Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key");
        }
        return tests;
    }

    private static string? RefusedOperator(Condition condition) => condition switch
    {
        AnyCondition => "OR",
        NotCondition => "NOT",
        InCondition => "IN",
        ComparisonCondition { Comparison: Comparison.NotEqual } => "<>",
        ExistsCondition exists => exists.Exists ? "attribute_exists" : "attribute_not_exists",
        TypeCondition => "attribute_type",
        ContainsCondition => "contains",
        _ => null,
    };

    private static (string Name, KeyTest Test) Test(Condition condition)
    {
        (SortOperator Operator, Operand[] Operands) read = condition switch
        {
            BetweenCondition between => (SortOperator.Between, [between.Operand, between.Low, between.High]),
            BeginsWithCondition begins => (SortOperator.BeginsWith, [begins.Operand, begins.Start]),
            ComparisonCondition compared => (OperatorOf(compared.Comparison), [compared.Left, compared.Right]),
            _ => throw new InvalidOperationException($"{condition} was not refused."),
        };
        var (@operator, operands) = read;
        RequireFirst(@operator, operands);
        var at = AttributeOf(operands);
        return (((PathOperand)operands[at]).Path.Root, new KeyTest(
            at == 0 ? @operator : Mirrored(@operator),
            [.. operands.OfType<ValueOperand>().Select(operand => operand.Value)]));
    }

    private static void RequireFirst(SortOperator @operator, Operand[] operands)
    {
        var name = @operator == SortOperator.Between ? "BETWEEN" : "begins_with";
        if (@operator is SortOperator.Between or SortOperator.BeginsWith && operands[0] is not PathOperand)
            throw TableException.Validation(
                $"{Invalid}{name} operator must have the key attribute as its first operand");
    }

    // The index of the only operand that is an attribute.
    private static int AttributeOf(Operand[] operands)
    {
        var found = -1;
        for (var at = 0; at < operands.Length; at++)
        {
            if (operands[at] is SizeOperand)
                throw TableException.Validation("KeyConditionExpressions cannot contain nested operations");
            if (operands[at] is not PathOperand { Path: var path })
                continue;
            if (found >= 0)
                throw TableException.Validation($"{Invalid}Multiple attribute names used in one condition");
            if (path.Steps.Count > 0)
                throw TableException.Validation("KeyConditionExpressions cannot have conditions on nested attributes");
            found = at;
        }
        return found >= 0 ? found : throw TableException.Validation($"{Invalid}No key attribute specified");
    }

    private static SortOperator OperatorOf(Comparison comparison) => comparison switch
    {
        Comparison.Equal => SortOperator.Equal,
        Comparison.Less => SortOperator.Less,
        Comparison.LessOrEqual => SortOperator.LessOrEqual,
        Comparison.Greater => SortOperator.Greater,
        _ => SortOperator.GreaterOrEqual,
    };

    private static SortOperator Mirrored(SortOperator @operator) => @operator switch
    {
        SortOperator.Less => SortOperator.Greater,
        SortOperator.LessOrEqual => SortOperator.GreaterOrEqual,
        SortOperator.Greater => SortOperator.Less,
        SortOperator.GreaterOrEqual => SortOperator.LessOrEqual,
        _ => @operator,
    };
}
