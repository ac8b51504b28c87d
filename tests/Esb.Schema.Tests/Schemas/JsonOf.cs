using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Schemas;

/// <summary>
/// A document as an editor checks it, whose YAML plug-in applies YAML's core schema and passes JSON values to the JSON
/// schema.
/// </summary>
internal static class JsonOf
{
    public static JsonElement Element(YamlNode node) => JsonSerializer.SerializeToElement(Node(node));

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMapping mapping =>
            new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key.Value, Node(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Node)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { AsBoolean: { } truth } => JsonValue.Create(truth),
        YamlScalar { IsNumber: true } number => JsonValue.Create(Math.Clamp(
            double.Parse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture), -1e28, 1e28)),
        YamlScalar text => JsonValue.Create(text.Value),
        _ => throw new ArgumentException(node.Kind),
    };
}
