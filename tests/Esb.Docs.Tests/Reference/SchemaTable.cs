using System.Text;
using System.Text.Json.Nodes;

namespace Esb.Docs.Tests.Reference;

/// <summary>One schema as a table: each key that it describes, its possible values, and its purpose.</summary>
internal sealed class SchemaTable
{
    private readonly JsonObject _schema;
    private readonly List<string> _rows = [];

    private SchemaTable(JsonObject schema) => _schema = schema;

    /// <summary>The table in Markdown, after the schema's description.</summary>
    public static string Of(string json)
    {
        var schema = JsonNode.Parse(json)!.AsObject();
        var table = new SchemaTable(schema);
        table.Properties(schema, "");
        return new StringBuilder($"\n{schema["description"]}\n\n| key | value | |\n|---|---|---|\n")
            .AppendJoin('\n', table._rows)
            .Append("\n\n")
            .ToString();
    }

    private void Properties(JsonObject node, string path)
    {
        var required = Texts(node["required"]).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in node["properties"]?.AsObject() ?? [])
            Row(
                path + name,
                Resolve(value!.AsObject()),
                SchemaValue.Detail(node, name, Resolve),
                required.Contains(name) ? "Required." : "");
        if (node["additionalProperties"] is JsonObject any)
            Row(path + "NAME", Resolve(any), null, "");
    }

    // A key without a type gets it from a rule that applies to some of the keys next to it.
    private void Row(string key, JsonObject node, JsonObject? detail, string required)
    {
        var value = SchemaValue.Of(node, Resolve) is { Length: > 0 } own ? own
            : detail is null ? ""
            : SchemaValue.Of(detail, Resolve);
        var items = node["items"] is JsonObject list ? Resolve(list) : [];
        string?[] says = [(string?)node["description"], Alternatives(node), Alternatives(items), required];
        var text = string.Join(' ', says.Where(s => !string.IsNullOrEmpty(s)))
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("*", "\\*", StringComparison.Ordinal);
        _rows.Add($"| `{key}` | {value} | {text} |");
        foreach (var inner in SchemaValue.Choices(node, Resolve).Append(node))
            Properties(inner, key + ".");
        Properties(items, key + "[].");
    }

    // Keys that are required together: `image`, or `code` and `runtime`.
    private static string Alternatives(JsonObject node)
    {
        var sets = SchemaValue.Options(node)
            .Select(option => string.Join(" and ", Texts(option["required"]).Select(name => $"`{name}`")))
            .Where(set => set.Length > 0)
            .ToArray();
        return sets.Length > 1 ? $"Required: {string.Join(", or ", sets)}." : "";
    }

    // Keys next to a reference take precedence over those of its target.
    private JsonObject Resolve(JsonObject node)
    {
        if ((string?)node["$ref"] is not { } reference)
            return node;
        var target = (JsonObject)Resolve(_schema["$defs"]![reference["#/$defs/".Length..]]!.AsObject()).DeepClone();
        foreach (var (name, value) in node.Where(pair => pair.Key != "$ref"))
            target[name] = value?.DeepClone();
        return target;
    }

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(item => (string)item!) ?? [];
}
