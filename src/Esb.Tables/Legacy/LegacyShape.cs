using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Legacy;

/// <summary>Checks the JSON types of the legacy parameters. Members that are null count as absent.</summary>
internal static class LegacyShape
{
    private const string Prefix = "com.amazonaws.dynamodb.v20120810.";

    /// <summary>The structures of a map, with their attributes. The JSON type of each structure is checked.</summary>
    /// <param name="element">The map.</param>
    /// <param name="type">The type of the structures, such as Condition.</param>
    public static IReadOnlyList<(string Attribute, JsonElement Structure)> Structures(JsonElement element, string type)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAMap(element, Prefix + type);
        var structures = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            Require(member.Value, Prefix + type);
            structures[WireText.Name(member)] = member.Value;
        }
        return [.. structures.Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>The values of AttributeValueList, or null if it is absent.</summary>
    public static IReadOnlyList<JsonElement>? List(JsonElement structure) =>
        WireText.Member(structure, "AttributeValueList") is { } list ? [.. list.EnumerateArray()] : null;

    private static void Require(JsonElement structure, string type)
    {
        if (structure.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAStructure(structure, isField: false, type);
        _ = WireText.Text(structure, "ComparisonOperator");
        _ = WireText.Text(structure, "Action");
        if (WireText.Member(structure, "Exists") is { } exists)
            WireText.Boolean(exists);
        if (WireText.Member(structure, "Value") is { } value)
            ValueShape.RequireValue(value, isField: true);
        if (WireText.Member(structure, "AttributeValueList") is not { } list)
            return;
        if (list.ValueKind != JsonValueKind.Array)
            throw SerializationErrors.NotAList(list);
        foreach (var member in list.EnumerateArray())
            ValueShape.RequireValue(member);
    }
}
