using System.Globalization;
using Esb.Tables.Errors;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Looks up the placeholders of one expression.</summary>
/// <param name="parameter">
/// The parameter that contains the expression; null for a statement, which has no such parameter.
/// </param>
/// <param name="names">The placeholders.</param>
internal sealed class NameBinder(string? parameter, ExpressionNames names)
{
    private const int MostLevels = 32;

    /// <summary>Creates an error about the expression.</summary>
    public TableException Invalid(string problem) =>
        TableException.Validation(parameter is null ? problem : $"Invalid {parameter}: {problem}");

    /// <summary>Fails if a name in one of the parts is a reserved word.</summary>
    public void RequireNoReservedWord(IEnumerable<Node> parts)
    {
        foreach (var element in parts.OfType<PathNode>().SelectMany(path => path.Elements))
        {
            if (element.Kind == TokenKind.Word && ReservedWords.Has(element.Text))
                throw Invalid($"Attribute name is a reserved keyword; reserved keyword: {element.Text}");
        }
    }

    /// <summary>The path that a node stands for.</summary>
    public AttributePath Path(PathNode node)
    {
        var root = Name(node.Elements[0]);
        PathStep[] steps = [.. node.Elements.Skip(1).Select(Step)];
        return steps.Length < MostLevels
            ? new AttributePath(root, steps)
            : throw Invalid(
                $"The document path has too many nesting levels; nesting levels: {node.Elements.Count}");
    }

    /// <summary>The value that a node stands for.</summary>
    public AttributeValue Value(ValueNode node) => names.ValueOf(node.Placeholder) ?? throw Invalid(
        $"An expression attribute value used in expression is not defined; attribute value: {node.Placeholder}");

    private PathStep Step(PathElement element)
    {
        if (element.Kind != TokenKind.Number)
            return new MemberStep(Name(element));
        return int.TryParse(element.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? new ElementStep(index)
            : throw Invalid($"List index is not within the allowable range; index: [{element.Text}]");
    }

    private string Name(PathElement element) => element.Kind == TokenKind.Word
        ? element.Text
        : names.NameOf(element.Text) ?? throw Invalid(
            "An expression attribute name used in the document path is not defined; attribute name: " + element.Text);
}
