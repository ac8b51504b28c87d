using System.Text.Json.Nodes;

namespace Esb.Agent.Runtimes;

/// <summary>
/// An endpoint rule set (Smithy, "Endpoint rule sets", version 1.0) that sends all calls of one service to one address.
/// An endpoint that a function sets in its code still has precedence. <see cref="BotocoreData"/> explains why this is
/// needed.
/// </summary>
internal static class BotocoreRules
{
    /// <param name="endpoint">The address of the service, such as <c>http://127.0.0.1:8000</c>.</param>
    /// <param name="isObjectStore">
    /// For S3: the bucket becomes the first segment of the path, and paths are not encoded twice for the signature.
    /// </param>
    public static string For(string endpoint, bool isObjectStore)
    {
        var parameters = new JsonObject
        {
            ["Region"] = Parameter("AWS::Region"),
            ["Endpoint"] = Parameter("SDK::Endpoint"),
        };
        if (isObjectStore)
            parameters["Bucket"] = Parameter(builtIn: null);
        var named = new JsonArray(
            Condition("isSet", Reference("Endpoint")),
            new JsonObject
            {
                ["fn"] = "parseURL",
                ["argv"] = new JsonArray(Reference("Endpoint")),
                ["assign"] = "url",
            });
        var set = new JsonObject
        {
            ["version"] = "1.0",
            ["parameters"] = parameters,
            ["rules"] = new JsonArray(
                Tree(named, "{url#scheme}://{url#authority}{url#normalizedPath}", isObjectStore),
                Tree([], endpoint.TrimEnd('/') + "/", isObjectStore)),
        };
        return set.ToJsonString();
    }

    private static JsonObject Tree(JsonArray conditions, string address, bool isObjectStore)
    {
        var rules = new JsonArray();
        if (isObjectStore)
            rules.Add((JsonNode)Endpoint(
                new JsonArray(Condition("isSet", Reference("Bucket"))), address + "{Bucket}", isObjectStore));
        rules.Add((JsonNode)Endpoint([], address, isObjectStore));
        return new JsonObject { ["conditions"] = conditions, ["rules"] = rules, ["type"] = "tree" };
    }

    private static JsonObject Endpoint(JsonArray conditions, string address, bool isObjectStore) => new()
    {
        ["conditions"] = conditions,
        ["endpoint"] = new JsonObject
        {
            ["url"] = address,
            ["properties"] = isObjectStore
                ? new JsonObject { ["authSchemes"] = new JsonArray(ObjectStoreSigning()) }
                : new JsonObject(),
            ["headers"] = new JsonObject(),
        },
        ["type"] = "endpoint",
    };

    private static JsonObject ObjectStoreSigning() => new()
    {
        ["name"] = "sigv4",
        ["signingName"] = "s3",
        ["signingRegion"] = "{Region}",
        ["disableDoubleEncoding"] = true,
    };

    private static JsonObject Parameter(string? builtIn)
    {
        var parameter = new JsonObject { ["required"] = false, ["documentation"] = "", ["type"] = "String" };
        if (builtIn is not null)
            parameter["builtIn"] = builtIn;
        return parameter;
    }

    private static JsonObject Condition(string function, JsonObject argument) =>
        new() { ["fn"] = function, ["argv"] = new JsonArray(argument) };

    private static JsonObject Reference(string name) => new() { ["ref"] = name };
}
