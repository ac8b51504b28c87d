using Esb.Tables.Expressions;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>
/// Replaces the names and values of a statement with placeholders, so that its parts can be checked as expressions.
/// </summary>
internal sealed class StatementNames
{
    private readonly Dictionary<string, string> names = [];

    private readonly Dictionary<string, AttributeValue> values = [];

    /// <summary>Looks up the placeholders.</summary>
    public NameBinder Binder => new(null, new ExpressionNames(names, values));

    /// <summary>Creates the path element for a name.</summary>
    public PathElement Name(string name)
    {
        var placeholder = $"#{names.Count}";
        names[placeholder] = name;
        return new PathElement(TokenKind.Name, placeholder);
    }

    /// <summary>Creates the operand for a value.</summary>
    public ValueNode Value(AttributeValue value)
    {
        var placeholder = $":{values.Count}";
        values[placeholder] = value;
        return new ValueNode(placeholder);
    }

    /// <summary>The value of an operand, or null if the operand is not a value.</summary>
    public AttributeValue? ValueOf(Node node) => node is ValueNode value ? values[value.Placeholder] : null;

    /// <summary>The path that a node stands for.</summary>
    public AttributePath PathOf(PathNode node) => Binder.Path(node);
}
