using System.Globalization;
using Esb.Tables.Errors;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Parses the operands of conditions: paths, values and functions.</summary>
/// <param name="reader">The tokens.</param>
/// <param name="names">The names and values of the statement.</param>
internal sealed class TermParser(StatementReader reader, StatementNames names)
{
    private static readonly string[] Functions =
        ["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"];

    private readonly LiteralParser literals = new(reader);

    /// <summary>Parses a path, a value or a function.</summary>
    /// <exception cref="TableException">The tokens are not an operand.</exception>
    public Node Term()
    {
        if (literals.IsAtValue)
            return names.Value(literals.Parse());
        if (reader.Current.Kind == StatementTokenKind.Word && reader.Following.Is("(") && !reader.IsAtKeyword)
            return Call();
        return Path();
    }

    /// <summary>Parses a value.</summary>
    /// <exception cref="TableException">The tokens are not a value.</exception>
    public AttributeValue Value() => literals.Parse();

    /// <summary>Parses a list in brackets.</summary>
    /// <exception cref="TableException">The tokens are not a list.</exception>
    public IReadOnlyList<AttributeValue> List() => literals.List();

    /// <summary>Parses a path.</summary>
    /// <exception cref="TableException">The tokens are not a path.</exception>
    public PathNode Path()
    {
        if (reader.Current.Kind is not (StatementTokenKind.Word or StatementTokenKind.Quoted) || reader.IsAtKeyword)
            throw reader.Unexpected();
        var elements = new List<PathElement> { names.Name(reader.Take().Text) };
        while (true)
        {
            if (reader.TryTake("."))
                elements.Add(names.Name(Component()));
            else if (reader.TryTake("["))
                elements.Add(Index());
            else
                return new PathNode(elements);
        }
    }

    private string Component() =>
        reader.Current.Kind is StatementTokenKind.Word or StatementTokenKind.Quoted && !reader.IsAtKeyword
            ? reader.Take().Text
            : throw StatementErrors.Malformed("Invalid path dot component");

    // Parses an index, or a name that is written as a string.
    private PathElement Index()
    {
        var isNegative = reader.TryTake("-");
        var token = reader.Take();
        if (token.Kind != StatementTokenKind.Number && (isNegative || token.Kind != StatementTokenKind.Text))
            throw StatementErrors.Malformed(StatementErrors.UnexpectedTerm);
        reader.Require("]");
        if (token.Kind == StatementTokenKind.Text)
            return names.Name(token.Text);
        return int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && (!isNegative || index == 0)
            ? new PathElement(TokenKind.Number, token.Text)
            : throw TableException.Validation(
                $"List index is not within the allowable range; index: [{(isNegative ? "-" : "")}{token.Text}] "
                    + $"at {reader.PlaceOf(token)}");
    }

    private CallNode Call()
    {
        var token = reader.Take();
        var function = token.Text.ToLowerInvariant();
        if (!Functions.Contains(function))
            throw TableException.Validation($"Unrecognized function: {function} at {reader.PlaceOf(token)}");
        reader.Take();
        var arguments = new List<Node>();
        while (!reader.TryTake(")"))
        {
            if (arguments.Count > 0)
                reader.Require(",");
            arguments.Add(reader.Within(Term));
        }
        return new CallNode(function, arguments);
    }
}
