using Esb.Tables.Errors;
using Esb.Tables.Expressions.Syntax;

namespace Esb.Tables.Expressions;

/// <summary>Parses a ProjectionExpression.</summary>
public static class ProjectionParser
{
    private const string Parameter = "ProjectionExpression";

    /// <summary>Parses an expression.</summary>
    /// <exception cref="TableException">The expression is not valid.</exception>
    public static Projection Parse(string text, ExpressionNames names)
    {
        var reader = new TokenReader(text, Parameter);
        var nodes = new List<PathNode>();
        do
            nodes.Add(PathSyntax.Parse(reader, static _ => false));
        while (reader.TryTake(","));
        reader.RequireEnd();
        var binder = new NameBinder(Parameter, names);
        binder.RequireNoReservedWord(nodes);
        AttributePath[] paths = [.. nodes.Select(binder.Path)];
        return PathConflicts.Of(paths) is { } conflict ? throw binder.Invalid(conflict) : new Projection(paths);
    }
}
