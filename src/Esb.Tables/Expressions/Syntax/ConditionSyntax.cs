using Esb.Tables.Errors;

namespace Esb.Tables.Expressions.Syntax;

/// <summary>Parses conditions.</summary>
internal sealed class ConditionSyntax
{
    private const int MostParentheses = 320;

    private static readonly string[] Keywords = ["AND", "OR", "NOT", "IN", "BETWEEN"];

    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    private readonly TokenReader reader;

    private int depth;

    // The parentheses that were closed last, as token positions.
    private (int Open, int Close) closed = (-1, -1);

    // Whether a pair of parentheses contains nothing but another pair.
    private bool hasRedundantParentheses;

    private ConditionSyntax(TokenReader reader) => this.reader = reader;

    /// <summary>Parses a whole condition.</summary>
    /// <exception cref="TableException">The text is not a condition.</exception>
    public static Node Parse(TokenReader reader)
    {
        var syntax = new ConditionSyntax(reader);
        var condition = syntax.Or(mayBeOperand: false);
        reader.RequireEnd();
        return syntax.hasRedundantParentheses ? throw syntax.Redundant() : condition;
    }

    private Node Or(bool mayBeOperand)
    {
        var left = And(mayBeOperand);
        while (reader.TryTakeWord("OR"))
        {
            reader.CountOperator();
            left = new LogicalNode(false, left, And(mayBeOperand: false));
        }
        return left;
    }

    private Node And(bool mayBeOperand)
    {
        var left = Not(mayBeOperand);
        while (reader.TryTakeWord("AND"))
        {
            reader.CountOperator();
            left = new LogicalNode(true, left, Not(mayBeOperand: false));
        }
        return left;
    }

    private Node Not(bool mayBeOperand)
    {
        if (!reader.TryTakeWord("NOT"))
            return Predicate(mayBeOperand);
        reader.CountOperator();
        return new NotNode(Not(mayBeOperand: false));
    }

    private Node Predicate(bool mayBeOperand)
    {
        var first = Term(isOperandOnly: false);
        if (!IsOperand(first))
            return first;
        if (reader.Current.Kind == TokenKind.Symbol && Comparators.Contains(reader.Current.Text))
        {
            reader.CountOperator();
            return new ComparisonNode(reader.Take().Text, first, Term(isOperandOnly: true));
        }
        if (reader.TryTakeWord("BETWEEN"))
            return Between(first);
        if (reader.TryTakeWord("IN"))
            return In(first);
        // A function can be a condition. Anything in parentheses can be an operand of what follows the parentheses.
        return first is CallNode || (mayBeOperand && reader.Current.Is(")")) ? first : throw reader.Unexpected();
    }

    private BetweenNode Between(Node operand)
    {
        reader.CountOperator();
        var low = Term(isOperandOnly: true);
        if (!reader.TryTakeWord("AND"))
            throw reader.Unexpected();
        return new BetweenNode(operand, low, Term(isOperandOnly: true));
    }

    private InNode In(Node operand)
    {
        reader.CountOperator();
        reader.Require("(");
        return new InNode(operand, Operands());
    }

    private List<Node> Operands()
    {
        var operands = new List<Node>();
        do
            operands.Add(Term(isOperandOnly: true));
        while (reader.TryTake(","));
        reader.Require(")");
        return operands;
    }

    private Node Term(bool isOperandOnly)
    {
        if (reader.Current.Is("("))
            return Group(isOperandOnly);
        if (reader.Current.Kind == TokenKind.Value)
            return new ValueNode(reader.Take().Text);
        if (reader.Current.Kind != TokenKind.Word || !reader.Following.Is("(") || IsKeyword(reader.Current))
            return PathSyntax.Parse(reader, IsKeyword);
        reader.CountOperator();
        var function = reader.Take().Text;
        reader.Take();
        return new CallNode(function, Operands());
    }

    private Node Group(bool isOperandOnly)
    {
        // Deeper parentheses are redundant, or contain more operators than an expression may have.
        if (++depth > MostParentheses)
            throw Redundant();
        var open = reader.Position;
        reader.Take();
        var inner = isOperandOnly ? Term(isOperandOnly: true) : Or(mayBeOperand: true);
        var close = reader.Position;
        reader.Require(")");
        hasRedundantParentheses |= closed == (open + 1, close - 1);
        closed = (open, close);
        depth--;
        return inner is PathNode path ? PathSyntax.Continue(reader, [.. path.Elements], IsKeyword) : inner;
    }

    private TableException Redundant() => reader.Invalid("The expression has redundant parentheses;");

    private static bool IsOperand(Node node) => node is PathNode or ValueNode or CallNode;

    private static bool IsKeyword(Token token) => Keywords.Any(token.IsWord);
}
