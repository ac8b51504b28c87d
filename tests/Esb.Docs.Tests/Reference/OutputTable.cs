using System.Text;
using System.Text.Json.Nodes;

namespace Esb.Docs.Tests.Reference;

/// <summary>The schema of a document that a command prints, as a section of a page.</summary>
internal sealed class OutputTable
{
    private readonly List<string> _rows = [];

    private OutputTable()
    {
    }

    /// <summary>The section in Markdown: the commands, the schema's description, and a row for each key.</summary>
    /// <param name="file">The path of the schema.</param>
    /// <param name="json">The schema.</param>
    public static string Of(string file, string json)
    {
        var schema = JsonNode.Parse(json)!.AsObject();
        var table = new OutputTable();
        table.Members(schema, "");
        var title = string.Join(", ", ((string)schema["title"]!).Split(", ").Select(Command));
        var text = new StringBuilder($"\n## {title}\n\n{schema["description"]}\n\n");
        return text.Append($"Schema: [{file}](../{file})\n\n| key | value | |\n|---|---|---|\n")
            .AppendJoin('\n', table._rows).Append('\n').ToString();
    }

    // Of "a line of esb logs --json", only the command is code.
    private static string Command(string title)
    {
        var at = title.IndexOf("esb", StringComparison.Ordinal);
        return $"{title[..at]}`{title[at..]}`";
    }

    private void Members(JsonObject node, string path)
    {
        if (node["items"] is JsonObject item)
            Members(item, path + "[]");
        if (node["additionalProperties"] is JsonObject value)
            Members(value, Joined(path, "NAME"));
        foreach (var (name, property) in Properties(node))
        {
            _rows.Add($"| `{Joined(path, name)}` | {Value(property)} | {Escaped((string?)property["description"])} |");
            Members(property, Joined(path, name));
        }
    }

    // Each key of several forms, once.
    private static IEnumerable<(string Name, JsonObject Node)> Properties(JsonObject node)
    {
        var forms = node["anyOf"] is JsonArray any ? any.Select(form => form!.AsObject()) : [node];
        return forms.SelectMany(form => form["properties"]?.AsObject() ?? [])
            .DistinctBy(property => property.Key)
            .Select(property => (property.Key, property.Value!.AsObject()));
    }

    private static string Joined(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Value(JsonObject node)
    {
        if (node["enum"] is JsonArray words)
            return string.Join(" or ", words.Select(word => word is null ? "null" : $"`{word}`"));
        var types = node["type"] is JsonArray all ? [.. all.Select(t => (string?)t)] : new[] { (string?)node["type"] };
        return string.Join(" or ", types.Select(type => (type, (string?)node["format"]) switch
        {
            ("string", "date-time") => "time",
            ("string", _) => "text",
            ("integer", _) => "whole number",
            ("boolean", _) => "`true` or `false`",
            ("array", _) => "list",
            (null, _) => "object",
            _ => type,
        }));
    }

    private static string Escaped(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}
