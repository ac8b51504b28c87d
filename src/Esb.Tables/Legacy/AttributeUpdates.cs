using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>The legacy parameter AttributeUpdates of UpdateItem.</summary>
public static class AttributeUpdates
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private const string Mismatch = "Type mismatch for attribute to update";

    /// <summary>Reads the parameter as an update.</summary>
    /// <exception cref="TableException">The parameter is not valid.</exception>
    public static UpdateExpression Read(JsonElement updates) => new(
    [
        .. LegacyShape.Structures(updates, "AttributeValueUpdate")
            .Select(pair => Action(new AttributePath(pair.Attribute), pair.Structure)),
    ]);

    private static UpdateAction Action(AttributePath path, JsonElement structure)
    {
        var action = WireText.Text(structure, "Action") ?? "PUT";
        if (WireText.Member(structure, "Value") is not { } given)
            return action == "DELETE"
                ? new RemoveAction(path)
                : throw TableException.Validation(
                    $"{Invalid}Only DELETE action is allowed when no attribute value is specified");
        var value = ValueReader.Read(given, isField: true);
        return action switch
        {
            "DELETE" => IsSet(value.Type)
                ? new DeleteAction(path, value, Mismatch)
                : throw TableException.Validation(
                    $"{Invalid}DELETE action with value is not supported for the type {value.Type}"),
            "ADD" => IsSet(value.Type) || value.Type is AttributeType.N or AttributeType.L
                ? new AddAction(path, value, Mismatch)
                : throw TableException.Validation($"{Invalid}ADD action is not supported for the type {value.Type}"),
            _ => new SetAction(path, new ValueOperand(value)),
        };
    }

    private static bool IsSet(AttributeType type) => type is AttributeType.SS or AttributeType.NS or AttributeType.BS;
}
