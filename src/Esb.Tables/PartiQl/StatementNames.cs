using Esb.Tables.Expressions;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>The names and values of a statement as placeholders: its parts are checked as expressions.</summary>
internal sealed class StatementNames
{
    private readonly Dictionary<string, string> names = [];

    private readonly Dictionary<string, AttributeValue> values = [];

    /// <summary>Looks up the placeholders.</summary>
    public NameBinder Binder => new(null, new ExpressionNames(names, values));

    /// <summary>The element of a path for a name.</summary>
    public PathElement Name(string name)
    {
        var placeholder = $"#{names.Count}";
        names[placeholder] = name;
        return new PathElement(TokenKind.Name, placeholder);
    }

    /// <summary>The operand for a value.</summary>
    public ValueNode Value(AttributeValue value)
    {
        var placeholder = $":{values.Count}";
        values[placeholder] = value;
        return new ValueNode(placeholder);
    }

    /// <summary>The value of an operand, if it is one.</summary>
    public AttributeValue? ValueOf(Node node) => node is ValueNode value ? values[value.Placeholder] : null;

    /// <summary>The path that was parsed.</summary>
    public AttributePath PathOf(PathNode node) => Binder.Path(node);
}
