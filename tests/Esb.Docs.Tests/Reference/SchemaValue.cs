using System.Globalization;
using System.Text.Json.Nodes;

namespace Esb.Docs.Tests.Reference;

/// <summary>The possible values of a key, in words.</summary>
internal static class SchemaValue
{
    private const string FunctionName = "^[A-Za-z0-9_-]{1,64}$";

    /// <summary>Empty if the schema does not restrict it.</summary>
    public static string Of(JsonObject node, Func<JsonObject, JsonObject> resolve)
    {
        if (node["enum"] is JsonArray values)
            return Listed(values);
        if (Choices(node, resolve).ToArray() is { Length: > 0 } choices)
            return string.Join(
                " or ", choices.Select(choice => Of(choice, resolve)).Where(text => text.Length > 0).Distinct());
        var types = Types(node).ToHashSet(StringComparer.Ordinal);
        return types switch
        {
            _ when types.Contains("object") => "mapping",
            _ when types.Contains("array") =>
                node["items"] is JsonObject items && resolve(items) is var item && Types(item).Contains("string")
                    ? "list of text"
                    : "list",
            _ when types.Contains("integer") => Range("whole number", node),
            _ when types.Contains("number") && node["exclusiveMinimum"] is { } above => $"number above {above}",
            _ when ((string?)node["pattern"])?.StartsWith(FunctionName, StringComparison.Ordinal) == true =>
                "name of a function",
            _ when types.Contains("string") => "text",
            _ => "",
        };
    }

    /// <summary>The forms of which a value has one, such as a name or its old spelling.</summary>
    public static IEnumerable<JsonObject> Choices(JsonObject node, Func<JsonObject, JsonObject> resolve) =>
        node["properties"] is null && node["type"] is null
            ? (node["anyOf"]?.AsArray().Select(choice => resolve(choice!.AsObject())) ?? [])
            : [];

    /// <summary>The sets of keys of which one is required.</summary>
    public static IEnumerable<JsonObject> Options(JsonObject node) =>
        new[] { node["anyOf"], node["oneOf"] }.OfType<JsonArray>().SelectMany(list => list)
            .Select(option => option!.AsObject());

    /// <summary>What a rule that applies to some keys of a node says about a key, or null.</summary>
    public static JsonObject? Detail(JsonObject node, string name, Func<JsonObject, JsonObject> resolve) =>
        (node["allOf"]?.AsArray() ?? [])
            .Select(rule => resolve(rule!["then"]!.AsObject())["properties"]?[name]?.AsObject())
            .OfType<JsonObject>()
            .Select(resolve)
            .FirstOrDefault();

    private static string Listed(JsonArray values)
    {
        var texts = values.Where(value => value is not null).Select(value => value!.ToJsonString().Trim('"')).Distinct()
            .ToArray();
        return texts.Contains("true") ? "`true` or `false`" : string.Join(" or ", texts.Select(text => $"`{text}`"));
    }

    private static string Range(string what, JsonObject node) =>
        string.Create(
            CultureInfo.InvariantCulture, $"{what}, {(long)node["minimum"]!:N0} to {(long)node["maximum"]!:N0}");

    private static IEnumerable<string> Types(JsonObject node) => node["type"] switch
    {
        JsonArray list => list.Select(type => (string)type!),
        JsonValue one => [(string)one!],
        _ => [],
    };
}
