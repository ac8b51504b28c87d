using Esb.Tables.Expressions.Syntax;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The service's rules for the sections, functions and operands of an update.</summary>
internal static class UpdateChecks
{
    private static readonly string[] Functions = ["if_not_exists", "list_append"];

    private static readonly string[] OfConditions =
        ["attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains", "size"];

    /// <summary>The error for the first function that an update cannot use, or null if there is none.</summary>
    public static string? OfFunctions(IEnumerable<Node> parts) =>
        parts.OfType<CallNode>().FirstOrDefault(call => !Functions.Contains(call.Function)) is not { } call ? null
        : OfConditions.Contains(call.Function)
            ? $"The function is not allowed in an update expression; function: {call.Function}"
            : $"Invalid function name; function: {call.Function}";

    /// <summary>The error for a section that occurs twice, or null if there is none.</summary>
    public static string? OfSections(IReadOnlyList<string> sections)
    {
        var seen = new HashSet<string>();
        return sections.FirstOrDefault(section => !seen.Add(section)) is { } twice
            ? $"The \"{twice}\" section can only be used once in an update expression;"
            : null;
    }

    /// <summary>The error in the operand of ADD or DELETE, or null if there is none.</summary>
    public static string? OfAction(UpdateNode action, IReadOnlyDictionary<Node, AttributeValue> values)
    {
        if (action.Section is "SET" or "REMOVE")
            return null;
        var type = values[action.Value!].Type;
        var name = type switch
        {
            AttributeType.S => "STRING",
            AttributeType.N => action.Section == "ADD" ? null : "NUMBER",
            AttributeType.B => "BINARY",
            AttributeType.NULL => "NULL",
            AttributeType.BOOL => "BOOLEAN",
            AttributeType.L => "LIST",
            AttributeType.M => "MAP",
            _ => null,
        };
        return name is null
            ? null
            : "Incorrect operand type for operator or function; "
                + $"operator: {action.Section}, operand type: {name}";
    }

    /// <summary>The error in the operands of a function, a sum or a difference, or null if there is none.</summary>
    public static string? OfOperands(Node node, IReadOnlyDictionary<Node, AttributeValue> values) => node switch
    {
        CallNode call when call.Arguments.Count != 2 => "Incorrect number of operands for operator or function; "
            + $"operator or function: {call.Function}, number of operands: {call.Arguments.Count}",
        CallNode { Function: "if_not_exists" } call => call.Arguments[0] is PathNode
            ? null
            : $"Operator or function requires a document path; operator or function: {call.Function}",
        CallNode call => OfTypes(call.Function, AttributeType.L, call.Arguments, values),
        ArithmeticNode sum => OfTypes(sum.Operator, AttributeType.N, [sum.Left, sum.Right], values),
        _ => null,
    };

    private static string? OfTypes(
        string name,
        AttributeType expected,
        IReadOnlyList<Node> operands,
        IReadOnlyDictionary<Node, AttributeValue> values)
    {
        var wrong = operands.OfType<ValueNode>().Select(value => values[value].Type)
            .Where(type => type != expected)
            .ToArray();
        return wrong.Length == 0
            ? null
            : "Incorrect operand type for operator or function; "
                + $"operator or function: {name}, operand type: {wrong[0]}";
    }
}
