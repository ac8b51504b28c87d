using Esb.Tables.Errors;
using Esb.Tables.Expressions.Syntax;

namespace Esb.Tables.Expressions;

/// <summary>Parses conditions and filters.</summary>
public static class ConditionParser
{
    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="parameter">
    /// The parameter that contains the expression: ConditionExpression or FilterExpression.
    /// </param>
    /// <param name="names">The placeholders.</param>
    /// <exception cref="TableException">The expression is not valid.</exception>
    public static Condition Parse(string text, string parameter, ExpressionNames names)
    {
        var root = ConditionSyntax.Parse(new TokenReader(text, parameter));
        return new ConditionBinder(new NameBinder(parameter, names)).Bind(root);
    }
}
