using Esb.Tables.Errors;
using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Turns parsed nodes into conditions: looks up the placeholders, and checks the operands.</summary>
internal sealed class ConditionBinder(NameBinder binder)
{
    // Nodes are compared by identity: the same text in two places is two operands.
    private readonly Dictionary<Node, Operand> operands = new(ReferenceEqualityComparer.Instance);

    /// <summary>Binds a whole condition.</summary>
    /// <exception cref="TableException">The condition is not valid.</exception>
    public Condition Bind(Node root)
    {
        if (ConditionChecks.OfFunctions(root) is { } problem)
            throw binder.Invalid(problem);
        binder.RequireNoReservedWord(root.InsideOut);
        return Condition(root);
    }

    private Condition Condition(Node node) => node switch
    {
        LogicalNode { IsAnd: true } all => new AllCondition([.. Operands(all, isAnd: true).Select(Condition)]),
        LogicalNode any => new AnyCondition([.. Operands(any, isAnd: false).Select(Condition)]),
        NotNode not => new NotCondition(Condition(not.Negated)),
        _ => Leaf(node),
    };

    // A chain of the same operator becomes one flat condition, so that a long chain does not nest deeply.
    private static IEnumerable<Node> Operands(LogicalNode node, bool isAnd) =>
        ((Node[])[node.Left, node.Right]).SelectMany(
            part => part is LogicalNode logical && logical.IsAnd == isAnd ? Operands(logical, isAnd) : [part]);

    private Condition Leaf(Node leaf)
    {
        foreach (var part in leaf.InsideOut)
        {
            if (part is PathNode path)
                operands[part] = new PathOperand(binder.Path(path));
            else if (part is ValueNode value)
                operands[part] = new ValueOperand(binder.Value(value));
            else if (part is CallNode { Function: "size", Arguments: [var of, ..] })
                operands[part] = new SizeOperand(operands[of]);
        }
        if (ConditionChecks.OfOperands(leaf, operands) is { } problem)
            throw binder.Invalid(problem);
        return leaf switch
        {
            ComparisonNode comparison => new ComparisonCondition(
                KindOf(comparison.Operator), operands[comparison.Left], operands[comparison.Right]),
            BetweenNode between => new BetweenCondition(
                operands[between.Operand], operands[between.Low], operands[between.High]),
            InNode @in => new InCondition(operands[@in.Operand], [.. @in.Among.Select(part => operands[part])]),
            _ => Call((CallNode)leaf),
        };
    }

    private Condition Call(CallNode call)
    {
        var first = operands[call.Arguments[0]];
        return call.Function switch
        {
            "attribute_exists" => new ExistsCondition(((PathOperand)first).Path, Exists: true),
            "attribute_not_exists" => new ExistsCondition(((PathOperand)first).Path, Exists: false),
            "attribute_type" => new TypeCondition(first, TypeNamed(operands[call.Arguments[1]])),
            "begins_with" => new BeginsWithCondition(first, operands[call.Arguments[1]]),
            _ => new ContainsCondition(first, operands[call.Arguments[1]]),
        };
    }

    private static AttributeType TypeNamed(Operand operand) =>
        Enum.Parse<AttributeType>(((StringValue)((ValueOperand)operand).Value).Text);

    private static Comparison KindOf(string symbol) => symbol switch
    {
        "=" => Comparison.Equal,
        "<>" => Comparison.NotEqual,
        "<" => Comparison.Less,
        "<=" => Comparison.LessOrEqual,
        ">" => Comparison.Greater,
        _ => Comparison.GreaterOrEqual,
    };
}
