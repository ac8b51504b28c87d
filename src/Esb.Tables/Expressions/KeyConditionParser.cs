using Esb.Tables.Catalog;
using Esb.Tables.Errors;

namespace Esb.Tables.Expressions;

/// <summary>Parses a KeyConditionExpression.</summary>
public static class KeyConditionParser
{
    /// <summary>Parses an expression whose table is not known yet.</summary>
    /// <exception cref="TableException">The expression is not valid.</exception>
    public static KeyConditionExpression Parse(string text, ExpressionNames names)
    {
        var condition = ConditionParser.Parse(text, "KeyConditionExpression", names);
        return new KeyConditionExpression(() => KeyTests.Of(condition));
    }

    /// <summary>Parses an expression for the keys of a table or an index.</summary>
    /// <exception cref="TableException">The expression is not valid, or does not fit the keys.</exception>
    public static KeyCondition Parse(string text, ExpressionNames names, KeySchema keys) =>
        Parse(text, names).For(keys);
}
