using System.Text.Json.Nodes;

namespace Esb.Dynalite.Tests.Servers;

/// <summary>Parts of requests and answers.</summary>
internal static class ApiJson
{
    /// <summary>A request for a table.</summary>
    public static string Table(string name) => $$"""{"TableName": "{{name}}"}""";

    /// <summary>
    /// A request for a table with the keys h (S) and r (N), and with further members such as <c>, "Tags": […]</c>.
    /// </summary>
    public static string NewTable(string name, string more = "", string attributes = "") => $$"""
        {"TableName": "{{name}}"{{(more.Contains("Throughput", StringComparison.Ordinal) ? "" : OnDemand)}},
         "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}, {"AttributeName": "r", "KeyType": "RANGE"}],
         "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"},
           {"AttributeName": "r", "AttributeType": "N"}{{attributes}}]{{more}}}
        """;

    /// <summary>The text of a node with the members of all objects in order.</summary>
    public static string Ordered(JsonNode? node) => Sorted(node)?.ToJsonString() ?? "null";

    private const string OnDemand = ", \"BillingMode\": \"PAY_PER_REQUEST\"";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}
