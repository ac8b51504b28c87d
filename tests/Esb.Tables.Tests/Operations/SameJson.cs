using System.Text.Json.Nodes;

namespace Esb.Tables.Tests.Operations;

/// <summary>Compares documents of JSON, whatever the order of their members.</summary>
internal static class SameJson
{
    /// <summary>The text of a document with its members in order.</summary>
    public static string Of(JsonNode? node) => Ordered(node)?.ToJsonString() ?? "null";

    public static string Of(string json) => Of(JsonNode.Parse(json));

    public static async Task IsAsync(JsonNode? actual, string expected) =>
        await Assert.That(Of(actual)).IsEqualTo(Of(expected));

    private static JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Ordered(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Ordered)]),
        _ => node?.DeepClone(),
    };
}
