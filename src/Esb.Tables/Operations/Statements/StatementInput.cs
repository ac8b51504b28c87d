using Esb.Tables.Errors;
using Esb.Tables.PartiQl;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Statements;

/// <summary>Reads a PartiQL statement from a request.</summary>
internal static class StatementInput
{
    public static readonly (string Name, Shape Shape)[] Shapes =
    [
        ("Statement", new TextShape { IsRequired = true, Shortest = 1, Longest = 8192 }),
        ("Parameters", new ListShape(Members.Value) { Fewest = 1 }),
        Members.ReturnValuesOnConditionCheckFailure,
    ];

    /// <exception cref="TableException">The text is not a statement.</exception>
    public static Statement Read(Input input) =>
        StatementParser.Parse(input.RequiredText("Statement"), input.Values("Parameters"));

    /// <summary>Whether the error about a false condition contains the item.</summary>
    public static bool ReturnsItem(Input input) => input.Text("ReturnValuesOnConditionCheckFailure") == "ALL_OLD";
}
