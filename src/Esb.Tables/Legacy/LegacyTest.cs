using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>A comparison of an attribute with values, in the form of the legacy parameters.</summary>
/// <param name="Attribute">The name of the attribute.</param>
/// <param name="Operator">The ComparisonOperator.</param>
/// <param name="Values">The operands.</param>
internal sealed record LegacyTest(string Attribute, string Operator, IReadOnlyList<AttributeValue> Values)
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private static readonly AttributeType[] Ordered = [AttributeType.S, AttributeType.N, AttributeType.B];

    /// <summary>The equivalent condition in an expression.</summary>
    public Condition ToCondition()
    {
        var path = new AttributePath(Attribute);
        var left = new PathOperand(path);
        Operand[] right = [.. Values.Select(value => new ValueOperand(value))];
        return Operator switch
        {
            "EQ" => new ComparisonCondition(Comparison.Equal, left, right[0]),
            "NE" => new ComparisonCondition(Comparison.NotEqual, left, right[0]),
            "LT" => new ComparisonCondition(Comparison.Less, left, right[0]),
            "LE" => new ComparisonCondition(Comparison.LessOrEqual, left, right[0]),
            "GT" => new ComparisonCondition(Comparison.Greater, left, right[0]),
            "GE" => new ComparisonCondition(Comparison.GreaterOrEqual, left, right[0]),
            "BETWEEN" => new BetweenCondition(left, right[0], right[1]),
            "IN" => new InCondition(left, right),
            "BEGINS_WITH" => new BeginsWithCondition(left, right[0]),
            "CONTAINS" => new ContainsCondition(left, right[0]),
            // For an attribute that does not exist, NOT_CONTAINS is false, as CONTAINS is.
            "NOT_CONTAINS" => new AllCondition(
                [new ExistsCondition(path, Exists: true), new NotCondition(new ContainsCondition(left, right[0]))]),
            "NOT_NULL" => new ExistsCondition(path, Exists: true),
            "NULL" => new ExistsCondition(path, Exists: false),
            _ => throw new InvalidOperationException($"{Operator} is not a comparison operator."),
        };
    }

    /// <summary>Fails if the number of operands is wrong for the operator.</summary>
    public static void RequireCount(string @operator, int count)
    {
        var fits = @operator switch
        {
            "NULL" or "NOT_NULL" => count == 0,
            "BETWEEN" => count == 2,
            "IN" => count > 0,
            _ => count == 1,
        };
        if (!fits)
            throw TableException.Validation(
                $"{Invalid}Invalid number of argument(s) for the {@operator} ComparisonOperator");
    }

    /// <summary>Fails if the operands differ in type, or if the operator does not accept them.</summary>
    public void RequireTypes()
    {
        if (Values.Select(value => value.Type).Distinct().Count() > 1)
            throw TableException.Validation(
                $"{Invalid}AttributeValues inside AttributeValueList must be of same type");
        if (Values.Count > 0 && !Takes(Values[0].Type))
            throw TableException.Validation(
                $"{Invalid}ComparisonOperator {Operator} is not valid for {Values[0].Type} AttributeValue type");
        if (Operator == "BETWEEN" && ValueOrder.Compare(Values[0], Values[1]) > 0)
            throw TableException.Validation(
                "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
    }

    private bool Takes(AttributeType type) => Operator switch
    {
        "LT" or "LE" or "GT" or "GE" or "BETWEEN" or "IN" => Ordered.Contains(type),
        "BEGINS_WITH" => type is AttributeType.S or AttributeType.B,
        "CONTAINS" or "NOT_CONTAINS" => Ordered.Contains(type) || type is AttributeType.BOOL or AttributeType.NULL,
        _ => true,
    };
}
