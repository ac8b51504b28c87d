namespace Esb.Tables.Expressions.Syntax;

/// <summary>One action of an update, as it is written.</summary>
/// <param name="Section">SET, REMOVE, ADD or DELETE.</param>
/// <param name="Path">The path that the action changes.</param>
/// <param name="Value">The operand, if the section has one.</param>
internal sealed record UpdateNode(string Section, PathNode Path, Node? Value);

/// <summary>Parses updates.</summary>
internal sealed class UpdateSyntax
{
    private const int MostParentheses = 320;

    private static readonly string[] Sections = ["SET", "REMOVE", "ADD", "DELETE"];

    private readonly TokenReader reader;

    private readonly List<UpdateNode> actions = [];

    private readonly List<string> sections = [];

    private int depth;

    private UpdateSyntax(TokenReader reader) => this.reader = reader;

    /// <summary>Parses a whole update.</summary>
    /// <param name="reader">The tokens.</param>
    /// <returns>The actions in the order of the text, and the names of the sections.</returns>
    /// <exception cref="Errors.TableException">The text is not an update.</exception>
    public static (IReadOnlyList<UpdateNode> Actions, IReadOnlyList<string> Sections) Parse(TokenReader reader)
    {
        var syntax = new UpdateSyntax(reader);
        do
            syntax.Section();
        while (reader.Current.Kind != TokenKind.End);
        return (syntax.actions, syntax.sections);
    }

    private void Section()
    {
        if (Array.Find(Sections, reader.Current.IsWord) is not { } section)
            throw reader.Unexpected();
        reader.Take();
        sections.Add(section);
        do
        {
            var path = PathSyntax.Parse(reader, IsKeyword);
            actions.Add(new UpdateNode(section, path, section switch
            {
                "SET" => Assigned(),
                "REMOVE" => null,
                _ => Placeholder(),
            }));
        }
        while (reader.TryTake(","));
        if (reader.Current.Kind != TokenKind.End && !IsKeyword(reader.Current))
            throw reader.Unexpected();
    }

    private Node Assigned()
    {
        reader.Require("=");
        if (!reader.Current.Is("("))
            return Sum(Operand());
        reader.Take();
        var inner = Sum(Operand());
        reader.Require(")");
        return inner is ArithmeticNode ? inner : Sum(inner);
    }

    private ValueNode Placeholder() =>
        reader.Current.Kind == TokenKind.Value ? new ValueNode(reader.Take().Text) : throw reader.Unexpected();

    private Node Sum(Node left)
    {
        if (!reader.Current.Is("+") && !reader.Current.Is("-"))
            return left;
        reader.CountOperator();
        return new ArithmeticNode(reader.Take().Text, left, Operand());
    }

    private Node Operand()
    {
        if (reader.TryTake("("))
        {
            // Deeper parentheses are redundant: an expression has fewer operators.
            if (++depth > MostParentheses)
                throw reader.Invalid("The expression has redundant parentheses;");
            var inner = Operand();
            reader.Require(")");
            depth--;
            return inner;
        }
        if (reader.Current.Kind == TokenKind.Value)
            return Placeholder();
        if (reader.Current.Kind != TokenKind.Word || !reader.Following.Is("(") || IsKeyword(reader.Current))
            return PathSyntax.Parse(reader, IsKeyword);
        reader.CountOperator();
        var function = reader.Take().Text;
        reader.Take();
        return new CallNode(function, Arguments());
    }

    private List<Node> Arguments()
    {
        var arguments = new List<Node>();
        do
            arguments.Add(Operand());
        while (reader.TryTake(","));
        reader.Require(")");
        return arguments;
    }

    private static bool IsKeyword(Token token) => Sections.Any(token.IsWord);
}
