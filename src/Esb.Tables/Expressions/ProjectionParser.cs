namespace Esb.Tables.Expressions;

/// <summary>Parses a ProjectionExpression.</summary>
public static class ProjectionParser
{
    /// <summary>Parses an expression.</summary>
    /// <exception cref="Errors.TableException">It is not valid.</exception>
    public static Projection Parse(string text, ExpressionNames names) => throw new NotImplementedException();
}
