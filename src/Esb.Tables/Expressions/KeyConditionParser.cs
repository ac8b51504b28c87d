using Esb.Tables.Catalog;

namespace Esb.Tables.Expressions;

/// <summary>Parses a KeyConditionExpression.</summary>
public static class KeyConditionParser
{
    /// <summary>Parses an expression before the table is known.</summary>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static KeyConditionExpression Parse(string text, ExpressionNames names) =>
        throw new NotImplementedException();

    /// <summary>Parses an expression for the keys of a table or an index.</summary>
    /// <exception cref="Errors.TableException">It is not valid, or does not fit the keys.</exception>
    public static KeyCondition Parse(string text, ExpressionNames names, KeySchema keys) =>
        Parse(text, names).For(keys);
}
