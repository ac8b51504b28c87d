namespace Esb.Tables.Expressions.Syntax;

/// <summary>A part of an expression as it is written, before its placeholders are looked up.</summary>
internal abstract record Node
{
    /// <summary>The parts of this part, in the order of the text.</summary>
    public virtual IEnumerable<Node> Parts => [];

    /// <summary>Everything within this part, each after its own parts, and this part itself.</summary>
    public IEnumerable<Node> InsideOut => Parts.SelectMany(part => part.InsideOut).Append(this);
}

/// <summary>A document path.</summary>
/// <param name="Elements">The elements; the first is a name.</param>
internal sealed record PathNode(IReadOnlyList<PathElement> Elements) : Node;

/// <summary>An element of a path: a name, a placeholder of one, or an index.</summary>
/// <param name="Kind">Word, Name or Number.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct PathElement(TokenKind Kind, string Text);

/// <summary>A placeholder of a value.</summary>
/// <param name="Placeholder">Its text, with the colon.</param>
internal sealed record ValueNode(string Placeholder) : Node;

/// <summary>A function.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Arguments">Its operands.</param>
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

/// <summary>BETWEEN.</summary>
internal sealed record BetweenNode(Node Operand, Node Low, Node High) : Node
{
    public override IEnumerable<Node> Parts => [Operand, Low, High];
}

/// <summary>IN.</summary>
internal sealed record InNode(Node Operand, IReadOnlyList<Node> Among) : Node
{
    public override IEnumerable<Node> Parts => [Operand, .. Among];
}

/// <summary>NOT.</summary>
internal sealed record NotNode(Node Negated) : Node
{
    public override IEnumerable<Node> Parts => [Negated];
}

/// <summary>AND or OR.</summary>
internal sealed record LogicalNode(bool IsAnd, Node Left, Node Right) : Node
{
    public override IEnumerable<Node> Parts => [Left, Right];
}
