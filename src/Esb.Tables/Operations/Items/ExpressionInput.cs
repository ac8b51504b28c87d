using Esb.Tables.Expressions;
using Esb.Tables.Legacy;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Items;

/// <summary>The expressions of a request, or the parameters of the earlier API in their place.</summary>
internal static class ExpressionInput
{
    /// <summary>The names and values that the request's expressions may use.</summary>
    public static ExpressionNames Names(Input input) =>
        ExpressionNames.Read(input.Member("ExpressionAttributeNames"), input.Member("ExpressionAttributeValues"));

    /// <summary>The condition of a write, or null if there is none.</summary>
    public static Condition? Condition(Input input, ExpressionNames names) =>
        input.Text("ConditionExpression") is { } text
            ? ConditionParser.Parse(text, "ConditionExpression", names)
            : input.Member("Expected") is { } expected
                ? Expected.Read(expected, input.Text("ConditionalOperator"))
                : null;

    /// <summary>The attributes to answer with, or null for all.</summary>
    public static Projection? Projection(Input input, ExpressionNames names) =>
        input.Text("ProjectionExpression") is { } text
            ? ProjectionParser.Parse(text, names)
            : input.Texts("AttributesToGet") is { } attributes
                ? Expressions.Projection.OfAttributes(attributes)
                : null;
}
