using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Values;

/// <summary>Checks only the JSON types of values, as the service does before it checks the values themselves.</summary>
public static class ValueShape
{
    /// <summary>Checks the shape of one value.</summary>
    /// <param name="element">The value.</param>
    /// <param name="isField">Whether the value is a parameter, and not in a map or a list.</param>
    /// <exception cref="TableException">A SerializationException: something has the wrong type.</exception>
    public static void RequireValue(JsonElement element, bool isField = false)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAStructure(element, isField);
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                Require(member.Name, member.Value);
        }
    }

    /// <summary>Checks the shape of a map from names to values, such as an item.</summary>
    /// <exception cref="TableException">A SerializationException: something has the wrong type.</exception>
    public static void RequireMap(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAMap(element);
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Null)
                RequireValue(member.Value);
        }
    }

    private static void Require(string type, JsonElement element)
    {
        switch (type)
        {
            case "S" or "N":
                WireText.Text(element);
                break;
            case "B":
                WireText.Binary(element);
                break;
            case "BOOL" or "NULL":
                WireText.Boolean(element);
                break;
            case "SS" or "NS":
                RequireList(element, static member => WireText.Text(member));
                break;
            case "BS":
                RequireList(element, static member => WireText.Binary(member));
                break;
            case "L":
                RequireList(element, static member => RequireValue(member));
                break;
            case "M":
                RequireMap(element);
                break;
        }
    }

    private static void RequireList(JsonElement element, Action<JsonElement> require)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw SerializationErrors.NotAList(element);
        foreach (var member in element.EnumerateArray())
            require(member);
    }
}
