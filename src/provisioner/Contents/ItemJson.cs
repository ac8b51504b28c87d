using System.Text.Json;
using Amazon.DynamoDBv2.Model;

namespace Esb.Provisioner.Contents;

/// <summary>
/// An item as JSON, in the format of DynamoDB's API and exports: <c>{"id":{"S":"1"},"price":{"N":"9.5"}}</c>. Binary
/// values are in base64; numbers remain text. The order of attributes and of the values in sets is always the same.
/// </summary>
internal static class ItemJson
{
    // DynamoDB allows 32 levels of maps and lists. In JSON, each level is an object with the type, and the value in it.
    private static readonly JsonDocumentOptions Nested = new() { MaxDepth = 128 };

    public static void Write(Utf8JsonWriter json, Dictionary<string, AttributeValue> item)
    {
        json.WriteStartObject();
        foreach (var (name, value) in item.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">The text is not an item.</exception>
    public static Dictionary<string, AttributeValue> Read(string line)
    {
        using var document = JsonDocument.Parse(line, Nested);
        return Read(document.RootElement);
    }

    private static Dictionary<string, AttributeValue> Read(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
            ? item.EnumerateObject().ToDictionary(p => p.Name, p => ReadValue(p.Value), StringComparer.Ordinal)
            : throw new FormatException("an item must be an object");

    private static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        json.WriteStartObject();
        switch (value)
        {
            case { S: { } text }:
                json.WriteString("S", text);
                break;
            case { N: { } number }:
                json.WriteString("N", number);
                break;
            case { B: { } bytes }:
                json.WriteBase64String("B", bytes.ToArray());
                break;
            case { BOOL: { } truth }:
                json.WriteBoolean("BOOL", truth);
                break;
            case { NULL: { } nothing }:
                json.WriteBoolean("NULL", nothing);
                break;
            case { M: { } map }:
                json.WritePropertyName("M");
                Write(json, map);
                break;
            case { L: { } list }:
                WriteAll(json, "L", list, Write);
                break;
            case { SS: { } texts }:
                WriteAll(json, "SS", texts.Order(StringComparer.Ordinal), static (j, t) => j.WriteStringValue(t));
                break;
            case { NS: { } numbers }:
                WriteAll(json, "NS", numbers.Order(StringComparer.Ordinal), static (j, n) => j.WriteStringValue(n));
                break;
            case { BS: { } blobs }:
                WriteAll(
                    json,
                    "BS",
                    blobs.OrderBy(b => Convert.ToBase64String(b.ToArray()), StringComparer.Ordinal),
                    static (j, b) => j.WriteBase64StringValue(b.ToArray()));
                break;
            default:
                throw new FormatException("a value of an unknown type");
        }

        json.WriteEndObject();
    }

    private static void WriteAll<T>(
        Utf8JsonWriter json, string type, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(type);
        foreach (var value in values)
            write(json, value);
        json.WriteEndArray();
    }

    private static AttributeValue ReadValue(JsonElement typed)
    {
        if (typed.ValueKind != JsonValueKind.Object || typed.EnumerateObject().ToList() is not [var only])
            throw new FormatException("a value must be an object with one type, such as {\"S\": \"text\"}");
        var value = only.Value;
        return only.Name switch
        {
            "S" => new AttributeValue { S = value.GetString() },
            "N" => new AttributeValue { N = value.GetString() },
            "B" => new AttributeValue { B = new MemoryStream(value.GetBytesFromBase64()) },
            "BOOL" => new AttributeValue { BOOL = value.GetBoolean() },
            "NULL" => new AttributeValue { NULL = value.GetBoolean() },
            "M" => new AttributeValue { M = Read(value) },
            "L" => new AttributeValue { L = [.. value.EnumerateArray().Select(ReadValue)] },
            "SS" => new AttributeValue { SS = [.. value.EnumerateArray().Select(v => v.GetString()!)] },
            "NS" => new AttributeValue { NS = [.. value.EnumerateArray().Select(v => v.GetString()!)] },
            "BS" => new AttributeValue
            {
                BS = [.. value.EnumerateArray().Select(v => new MemoryStream(v.GetBytesFromBase64()))],
            },
            var unknown => throw new FormatException($"'{unknown}' is not a DynamoDB type"),
        };
    }
}
