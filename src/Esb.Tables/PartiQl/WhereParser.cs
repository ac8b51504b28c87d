using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Parses the WHERE clause.</summary>
/// <param name="reader">The tokens.</param>
/// <param name="names">The names and values of the statement.</param>
internal sealed class WhereParser(StatementReader reader, StatementNames names)
{
    private static readonly string[] Comparators = ["=", "<>", "!=", "<", "<=", ">", ">="];

    private readonly TermParser terms = new(reader, names);

    /// <summary>Parses the WHERE clause if the current token begins one.</summary>
    /// <exception cref="TableException">The condition is not valid.</exception>
    public Node? TryParse() => reader.TryTakeWord("WHERE") ? RequireCondition(Or()) : null;

    /// <summary>Creates the condition from the parsed clause; null if there is no clause.</summary>
    /// <exception cref="TableException">The condition is not valid.</exception>
    public Condition? Bind(Node? where) => where is null ? null : new ConditionBinder(names.Binder).Bind(where);

    // Parentheses can contain an operand or a condition. Only here is it known which of them is required.
    private static Node RequireCondition(Node node)
    {
        if (node is PathNode or ValueNode)
            throw StatementErrors.Malformed(StatementErrors.UnexpectedTerm);
        foreach (var part in node.Parts)
        {
            if (node is LogicalNode or NotNode)
                RequireCondition(part);
            else if (part is not (PathNode or ValueNode or CallNode))
                throw StatementErrors.Malformed(StatementErrors.UnexpectedTerm);
        }
        return node;
    }

    private Node Or()
    {
        var left = And();
        while (reader.TryTakeWord("OR"))
            left = new LogicalNode(false, left, RightHand(And));
        return left;
    }

    private Node And()
    {
        var left = Not();
        while (reader.TryTakeWord("AND"))
            left = new LogicalNode(true, left, RightHand(Not));
        return left;
    }

    private Node Not() => reader.TryTakeWord("NOT") ? new NotNode(reader.Within(Not)) : Predicate();

    private Node RightHand(Func<Node> parse) =>
        reader.IsAtEnd ? throw StatementErrors.Malformed(StatementErrors.MissingRightHandSide) : parse();

    private Node Predicate()
    {
        var first = reader.Current.Is("(") ? Group() : terms.Term();
        if (reader.Current.Kind == StatementTokenKind.Symbol && Comparators.Contains(reader.Current.Text))
        {
            var symbol = reader.Take().Text;
            return Compared(symbol == "!=" ? "<>" : symbol, first, RightHand(Operand));
        }
        if (reader.TryTakeWord("IS"))
            return new TypeTest(reader, names).Parse(first);
        if (reader.Current.IsWord("NOT") && (reader.Following.IsWord("IN") || reader.Following.IsWord("BETWEEN")))
        {
            reader.Take();
            return new NotNode(Ranged(first)!);
        }
        return Ranged(first) ?? first;
    }

    private Node? Ranged(Node first)
    {
        if (reader.TryTakeWord("BETWEEN"))
        {
            var low = Operand();
            reader.RequireWord("AND");
            return new BetweenNode(first, low, RightHand(Operand));
        }
        return reader.TryTakeWord("IN") ? new InNode(first, Among()) : null;
    }

    private Node Group()
    {
        reader.Take();
        var inner = reader.Within(Or);
        reader.Require(")");
        return inner;
    }

    private Node Operand()
    {
        if (!reader.Current.Is("("))
            return terms.Term();
        reader.Take();
        var inner = reader.Within(Operand);
        reader.Require(")");
        return inner;
    }

    // Parses a list in brackets or parentheses, or a parameter that is a list.
    private List<Node> Among()
    {
        if (reader.TryTake("("))
        {
            var operands = new List<Node> { terms.Term() };
            while (reader.TryTake(","))
                operands.Add(terms.Term());
            reader.Require(")");
            return operands;
        }
        if (reader.Current.Is("["))
            return [.. terms.List().Select(names.Value)];
        return terms.Value() is ListValue list
            ? [.. list.Elements.Select(names.Value)]
            : throw StatementErrors.Malformed(StatementErrors.UnexpectedTerm);
    }

    // A condition can be compared with true or false.
    private Node Compared(string symbol, Node left, Node right)
    {
        if (IsCondition(right))
            (left, right) = (right, left);
        if (!IsCondition(left))
            return new ComparisonNode(symbol, left, right);
        if (symbol is not ("=" or "<>"))
            throw TableException.Validation(
                "Incorrect operand type for operator or function; "
                    + $"operator or function: {symbol}, operand type: BOOL");
        return names.ValueOf(right) is BooleanValue { IsTrue: var isTrue }
            ? isTrue == (symbol == "=") ? left : new NotNode(left)
            : throw StatementErrors.Malformed(StatementErrors.UnexpectedTerm);
    }

    private static bool IsCondition(Node node) =>
        node is not (PathNode or ValueNode or CallNode { Function: "size" });
}
