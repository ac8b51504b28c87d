using System.Buffers;
using System.Text;
using System.Text.Json;
using Esb.Schema.Yaml;

namespace Esb.Manifests;

/// <summary>
/// Gives all policies with the same meaning the same text ("IAM JSON policy grammar"): keys are sorted, a list of one
/// becomes its only entry, scalars become text. Statements stay a list, because some stores need one.
/// </summary>
internal static class PolicyText
{
    private const string Statement = "Statement";

    public static string Of(YamlNode node) => Write(writer => Emit(writer, node, keepsList: false));

    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static string Of(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Write(writer => Emit(writer, document.RootElement, keepsList: false));
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Emit(Utf8JsonWriter writer, YamlNode node, bool keepsList)
    {
        switch (node)
        {
            case YamlMapping mapping:
                EmitList(writer, keepsList, () =>
                {
                    writer.WriteStartObject();
                    foreach (var (key, value) in mapping.Entries.OrderBy(e => e.Key.Value, StringComparer.Ordinal))
                    {
                        writer.WritePropertyName(key.Value);
                        Emit(writer, value, key.Value == Statement);
                    }

                    writer.WriteEndObject();
                });
                break;
            case YamlSequence { Items: [var single] } when !keepsList:
                Emit(writer, single, keepsList: false);
                break;
            case YamlSequence list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Emit(writer, item, keepsList: false);
                writer.WriteEndArray();
                break;
            default:
                EmitList(writer, keepsList, () => writer.WriteStringValue(((YamlScalar)node).Value));
                break;
        }
    }

    private static void Emit(Utf8JsonWriter writer, JsonElement element, bool keepsList)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                EmitList(writer, keepsList, () =>
                {
                    writer.WriteStartObject();
                    foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                    {
                        writer.WritePropertyName(property.Name);
                        Emit(writer, property.Value, property.Name == Statement);
                    }

                    writer.WriteEndObject();
                });
                break;
            case JsonValueKind.Array when element.GetArrayLength() == 1 && !keepsList:
                Emit(writer, element[0], keepsList: false);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Emit(writer, item, keepsList: false);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(element.ToString().ToLowerInvariant() is "true" or "false"
                    ? element.ToString().ToLowerInvariant()
                    : element.ToString());
                break;
        }
    }

    private static void EmitList(Utf8JsonWriter writer, bool isList, Action item)
    {
        if (isList)
            writer.WriteStartArray();
        item();
        if (isList)
            writer.WriteEndArray();
    }
}
