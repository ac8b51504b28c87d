namespace Esb.Tables.Expressions;

/// <summary>Parses an UpdateExpression.</summary>
public static class UpdateParser
{
    /// <summary>Parses an expression.</summary>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static UpdateExpression Parse(string text, ExpressionNames names) => throw new NotImplementedException();
}
