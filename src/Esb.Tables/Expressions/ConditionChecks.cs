using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The service's rules for the functions and operators of a condition.</summary>
internal static class ConditionChecks
{
    private const int MostOfIn = 100;

    private static readonly Dictionary<string, int> Functions = new()
    {
        ["attribute_exists"] = 1,
        ["attribute_not_exists"] = 1,
        ["attribute_type"] = 2,
        ["begins_with"] = 2,
        ["contains"] = 2,
        ["size"] = 1,
    };

    private static readonly string[] OfUpdates = ["if_not_exists", "list_append"];

    private static readonly string[] Ordering = ["<", "<=", ">", ">="];

    /// <summary>
    /// The error for the first function that does not exist, or is used where it is not allowed; null if there is none.
    /// </summary>
    public static string? OfFunctions(Node root)
    {
        foreach (var call in root.InsideOut.OfType<CallNode>())
        {
            if (OfUpdates.Contains(call.Function))
                return $"The function is not allowed in a condition expression; function: {call.Function}";
            if (!Functions.ContainsKey(call.Function))
                return $"Invalid function name; function: {call.Function}";
        }
        return root.InsideOut.Append(new NotNode(root)).Select(Misused).FirstOrDefault(call => call is not null)
            is { } misused
                ? "The function is not allowed to be used this way in an expression; function: " + misused.Function
                : null;
    }

    /// <summary>
    /// The error in the operands of one comparison or function, including nested functions; null if there is none.
    /// </summary>
    /// <param name="leaf">The comparison or function.</param>
    /// <param name="operands">The operands of the nodes.</param>
    public static string? OfOperands(Node leaf, IReadOnlyDictionary<Node, Operand> operands)
    {
        Node[] nodes = [.. leaf.InsideOut];
        return First(nodes, Count) ?? First(nodes, node => Distinct(node, operands))
            ?? First(nodes, node => Types(node, operands));
    }

    private static string? First(Node[] nodes, Func<Node, string?> problemOf) =>
        nodes.Select(problemOf).FirstOrDefault(problem => problem is not null);

    // Only the function size has a value that can be an operand, and only size cannot be a condition.
    private static CallNode? Misused(Node node) => node switch
    {
        NotNode or LogicalNode => node.Parts.OfType<CallNode>().FirstOrDefault(call => call.Function == "size"),
        _ => node.Parts.OfType<CallNode>().FirstOrDefault(call => call.Function != "size"),
    };

    private static string? Count(Node node) => node switch
    {
        CallNode call when call.Arguments.Count != Functions[call.Function] =>
            "Incorrect number of operands for operator or function; "
                + $"operator or function: {call.Function}, number of operands: {call.Arguments.Count}",
        InNode { Among.Count: > MostOfIn and var count } =>
            $"The IN operator is provided with too many operands; number of operands: {count}",
        _ => null,
    };

    private static string? Distinct(Node node, IReadOnlyDictionary<Node, Operand> operands)
    {
        Node[] parts = [.. node.Parts];
        return parts is [PathNode first, .. var others]
            && others.Any(other => other is PathNode && operands[other].Equals(operands[first]))
            ? "The first operand must be distinct from the remaining operands for this operator or function; "
                + $"operator: {NameOf(node)}, first operand: {((PathOperand)operands[first]).Path}"
            : null;
    }

    private static string NameOf(Node node) => node switch
    {
        CallNode call => call.Function,
        ComparisonNode comparison => comparison.Operator,
        InNode => "IN",
        _ => "BETWEEN",
    };

    private static string? Types(Node node, IReadOnlyDictionary<Node, Operand> operands) => node switch
    {
        CallNode call => OfCall(call, [.. call.Arguments.Select(argument => TypeOf(argument, operands))], operands),
        ComparisonNode comparison when Ordering.Contains(comparison.Operator) =>
            Unordered(comparison.Operator, [comparison.Left, comparison.Right], operands),
        BetweenNode between => OfBounds(between, operands)
            ?? Unordered("BETWEEN", [between.Operand, between.Low, between.High], operands),
        _ => null,
    };

    private static string? OfCall(
        CallNode call, AttributeType?[] types, IReadOnlyDictionary<Node, Operand> operands) => call.Function switch
        {
            "attribute_exists" or "attribute_not_exists" => call.Arguments[0] is PathNode
                ? null
                : $"Operator or function requires a document path; operator or function: {call.Function}",
            "begins_with" => types.FirstOrDefault(type => type is not (null or AttributeType.S or AttributeType.B))
                is { } wrong ? Incorrect(call.Function, wrong.ToString()) : null,
            "attribute_type" => OfTypeName(call, types[1], operands),
            "size" => types[0] is AttributeType.N or AttributeType.BOOL or AttributeType.NULL
                ? Incorrect(call.Function, types[0].ToString()!)
                : null,
            _ => null,
        };

    private static string? OfTypeName(CallNode call, AttributeType? type, IReadOnlyDictionary<Node, Operand> operands)
    {
        if (type != AttributeType.S)
            return Incorrect(call.Function, type?.ToString() ?? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
        var name = ((StringValue)((ValueOperand)operands[call.Arguments[1]]).Value).Text;
        return Enum.GetNames<AttributeType>().Contains(name)
            ? null
            : $"Invalid attribute type name found; type: {name}, valid types: {{B,NULL,SS,BOOL,L,BS,N,NS,S,M}}";
    }

    private static string? OfBounds(BetweenNode between, IReadOnlyDictionary<Node, Operand> operands)
    {
        if (operands[between.Low] is not ValueOperand { Value: var low }
            || operands[between.High] is not ValueOperand { Value: var high })
            return null;
        var bounds = $"lower bound operand: {Shown(low)}, upper bound operand: {Shown(high)}";
        if (low.Type != high.Type)
            return $"The BETWEEN operator requires same data type for lower and upper bounds; {bounds}";
        return ValueOrder.Compare(low, high) > 0
            ? $"The BETWEEN operator requires upper bound to be greater than or equal to lower bound; {bounds}"
            : null;
    }

    private static string? Unordered(string name, Node[] parts, IReadOnlyDictionary<Node, Operand> operands) => parts
        .OfType<ValueNode>()
        .Select(part => operands[part].FixedType)
        .FirstOrDefault(type => type is not (null or AttributeType.S or AttributeType.N or AttributeType.B)) is { } type
            ? Incorrect(name, type.ToString())
            : null;

    private static AttributeType? TypeOf(Node node, IReadOnlyDictionary<Node, Operand> operands) =>
        operands[node].FixedType;

    private static string Incorrect(string name, string type) =>
        $"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}";

    private static string Shown(AttributeValue value) => value switch
    {
        StringValue text => $"AttributeValue: {{S:{text.Text}}}",
        NumberValue number => $"AttributeValue: {{N:{number.Number}}}",
        BinaryValue binary => $"AttributeValue: {{B:{Convert.ToBase64String(binary.Bytes.Span)}}}",
        _ => $"AttributeValue: {{{value.Type}}}",
    };
}
