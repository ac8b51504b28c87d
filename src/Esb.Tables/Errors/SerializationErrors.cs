using System.Text.Json;

namespace Esb.Tables.Errors;

/// <summary>The service's errors for a part of a request whose JSON type does not match its parameter.</summary>
internal static class SerializationErrors
{
    public const string ValueType = "com.amazonaws.dynamodb.v20120810.AttributeValue";

    public static TableException Of(string message) => new("SerializationException", message);

    public static TableException NotAMap(JsonElement element, string of = ValueType) => Of(
        element.ValueKind == JsonValueKind.Array
            ? $"Unrecognized collection type java.util.Map<java.lang.String, {of}>"
            : "Unexpected field type");

    public static TableException NotAList(JsonElement element) => Of(
        element.ValueKind == JsonValueKind.Object
            ? "Start of structure or map found where not expected"
            : "Unexpected field type");

    public static TableException NotAStructure(JsonElement element, bool isField, string of = ValueType) => Of(
        element.ValueKind == JsonValueKind.Array ? $"Unrecognized collection type class {of}"
        : isField ? "Unexpected field type"
        : "Unexpected value type in payload");

    public static TableException NotA(string type, JsonElement element) => Of(element.ValueKind switch
    {
        JsonValueKind.Array => $"Unrecognized collection type class java.lang.{type}",
        JsonValueKind.Object => "Start of structure or map found where not expected",
        JsonValueKind.True => $"TRUE_VALUE cannot be converted to {type}",
        JsonValueKind.False => $"FALSE_VALUE cannot be converted to {type}",
        JsonValueKind.Number => element.TryGetInt64(out _)
            ? $"NUMBER_VALUE cannot be converted to {type}"
            : $"DECIMAL_VALUE cannot be converted to {type}",
        _ => $"STRING_VALUE cannot be converted to {type}",
    });

    public static TableException NotBytes(JsonElement element) => Of(element.ValueKind switch
    {
        JsonValueKind.Array => "Unrecognized collection type class java.nio.ByteBuffer",
        JsonValueKind.Object => "Start of structure or map found where not expected",
        _ => "only base-64-encoded strings are convertible to bytes",
    });
}
