using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Tests.Values;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Expressions;

/// <summary>Expressions with placeholders in JSON.</summary>
internal static class Parsed
{
    public static ExpressionNames Names(string? names = null, string? values = null) => ExpressionNames.Read(
        names is null ? null : Wire.Json(names), values is null ? null : Wire.Json(values));

    public static Condition Condition(string text, string? values = null, string? names = null) =>
        ConditionParser.Parse(text, "FilterExpression", Names(names, values));

    public static UpdateExpression Update(string text, string? values = null, string? names = null) =>
        UpdateParser.Parse(text, Names(names, values));

    public static MapValue Updated(string item, string text, string? values = null, string? names = null) =>
        Update(text, values, names).Apply(Wire.Item(item)).Item;

    /// <summary>The message of the error.</summary>
    public static string Problem(Action action)
    {
        try
        {
            action();
            return "(none)";
        }
        catch (TableException invalid)
        {
            return invalid.Message;
        }
    }
}
