namespace Esb.Tables.Expressions.Syntax;

/// <summary>A part of an expression as it is written, before its placeholders are looked up.</summary>
internal abstract record Node
{
    /// <summary>The parts of this part, in the order of the text.</summary>
    public virtual IEnumerable<Node> Parts => [];

    /// <summary>All nodes within this one, each after its own parts, followed by this node itself.</summary>
    public IEnumerable<Node> InsideOut => Parts.SelectMany(part => part.InsideOut).Append(this);
}

/// <summary>A document path.</summary>
/// <param name="Elements">The elements; the first is a name.</param>
internal sealed record PathNode(IReadOnlyList<PathElement> Elements) : Node;

/// <summary>An element of a path: a name, a placeholder for a name, or an index.</summary>
/// <param name="Kind">Word, Name or Number.</param>
/// <param name="Text">The text of the element.</param>
internal readonly record struct PathElement(TokenKind Kind, string Text);

/// <summary>A placeholder for a value.</summary>
/// <param name="Placeholder">The text of the placeholder, with the colon.</param>
internal sealed record ValueNode(string Placeholder) : Node;

/// <summary>A function call.</summary>
/// <param name="Function">The name of the function.</param>
/// <param name="Arguments">The operands of the function.</param>
internal sealed record CallNode(string Function, IReadOnlyList<Node> Arguments) : Node
{
    public override IEnumerable<Node> Parts => Arguments;
}

/// <summary>A sum or a difference.</summary>
internal sealed record ArithmeticNode(string Operator, Node Left, Node Right) : Node
{
    public override IEnumerable<Node> Parts => [Left, Right];
}

/// <summary>A comparison.</summary>
internal sealed record ComparisonNode(string Operator, Node Left, Node Right) : Node
{
    public override IEnumerable<Node> Parts => [Left, Right];
}

/// <summary>A BETWEEN condition.</summary>
internal sealed record BetweenNode(Node Operand, Node Low, Node High) : Node
{
    public override IEnumerable<Node> Parts => [Operand, Low, High];
}

/// <summary>An IN condition.</summary>
internal sealed record InNode(Node Operand, IReadOnlyList<Node> Among) : Node
{
    public override IEnumerable<Node> Parts => [Operand, .. Among];
}

/// <summary>A NOT condition.</summary>
internal sealed record NotNode(Node Negated) : Node
{
    public override IEnumerable<Node> Parts => [Negated];
}

/// <summary>An AND or OR condition.</summary>
internal sealed record LogicalNode(bool IsAnd, Node Left, Node Right) : Node
{
    public override IEnumerable<Node> Parts => [Left, Right];
}
