using Esb.Tables.Errors;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Parses an UpdateExpression.</summary>
public static class UpdateParser
{
    private const string Parameter = "UpdateExpression";

    /// <summary>Parses an expression.</summary>
    /// <exception cref="TableException">The expression is not valid.</exception>
    public static UpdateExpression Parse(string text, ExpressionNames names)
    {
        var (actions, sections) = UpdateSyntax.Parse(new TokenReader(text, Parameter));
        var binder = new NameBinder(Parameter, names);
        Node[] parts = [.. actions.SelectMany(action => (Node[])[action.Path, .. action.Value?.InsideOut ?? []])];
        binder.RequireNoReservedWord(parts);
        if (UpdateChecks.OfFunctions(parts) is { } function)
            throw binder.Invalid(function);
        if (UpdateChecks.OfSections(sections) is { } section)
            throw binder.Invalid(section);
        return new UpdateBinder(binder).Bind(actions, parts);
    }
}

/// <summary>Turns the parsed nodes into the actions of an update.</summary>
internal sealed class UpdateBinder(NameBinder binder)
{
    private readonly Dictionary<Node, AttributePath> paths = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<Node, AttributeValue> values = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks up the placeholders, and checks paths and operands in the same order as the service.</summary>
    public UpdateExpression Bind(IReadOnlyList<UpdateNode> actions, IReadOnlyList<Node> parts)
    {
        foreach (var path in parts.OfType<PathNode>())
            paths[path] = binder.Path(path);
        foreach (var value in parts.OfType<ValueNode>())
            values[value] = binder.Value(value);
        var problem = PathConflicts.Of([.. actions.Select(action => paths[action.Path])])
            ?? First(actions, action => UpdateChecks.OfAction(action, values))
            ?? First(parts, part => UpdateChecks.OfOperands(part, values));
        return problem is null
            ? new UpdateExpression([.. actions.Select(Action)])
            : throw binder.Invalid(problem);
    }

    private UpdateAction Action(UpdateNode action) => action.Section switch
    {
        "SET" => new SetAction(paths[action.Path], Operand(action.Value!)),
        "REMOVE" => new RemoveAction(paths[action.Path]),
        "ADD" => new AddAction(paths[action.Path], values[action.Value!]),
        _ => new DeleteAction(paths[action.Path], values[action.Value!]),
    };

    private Operand Operand(Node node) => node switch
    {
        PathNode => new PathOperand(paths[node]),
        ValueNode => new ValueOperand(values[node]),
        ArithmeticNode sum => new ArithmeticOperand(sum.Operator == "-", Operand(sum.Left), Operand(sum.Right)),
        CallNode { Function: "list_append" } call =>
            new ListAppendOperand(Operand(call.Arguments[0]), Operand(call.Arguments[1])),
        _ => new IfNotExistsOperand(paths[((CallNode)node).Arguments[0]], Operand(((CallNode)node).Arguments[1])),
    };

    private static string? First<T>(IEnumerable<T> parts, Func<T, string?> problemOf) =>
        parts.Select(problemOf).FirstOrDefault(problem => problem is not null);
}
