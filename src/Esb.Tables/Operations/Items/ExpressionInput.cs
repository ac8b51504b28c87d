using Esb.Tables.Expressions;
using Esb.Tables.Legacy;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Items;

/// <summary>Reads the expressions of a request, or the legacy parameters that are used instead.</summary>
internal static class ExpressionInput
{
    /// <summary>The names and values that the request's expressions can use.</summary>
    public static ExpressionNames Names(Input input) =>
        ExpressionNames.Read(input.Member("ExpressionAttributeNames"), input.Member("ExpressionAttributeValues"));

    /// <summary>The condition of a write, or null if there is none.</summary>
    public static Condition? Condition(Input input, ExpressionNames names) =>
        input.Text("ConditionExpression") is { } text
            ? ConditionParser.Parse(text, "ConditionExpression", names)
            : input.Member("Expected") is { } expected
                ? Expected.Read(expected, input.Text("ConditionalOperator"))
                : null;

    /// <summary>The attributes to return, or null for all.</summary>
    public static Projection? Projection(Input input, ExpressionNames names) =>
        input.Text("ProjectionExpression") is { } text
            ? ProjectionParser.Parse(text, names)
            : input.Texts("AttributesToGet") is { } attributes
                ? Expressions.Projection.OfAttributes(attributes)
                : null;
}
