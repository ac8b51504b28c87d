namespace Esb.Sam.Apis.Plain;

/// <summary>Parts of an API that is in none of the templates: they serve nothing, and the receipt says so.</summary>
internal static class PartsOfUnknownApis
{
    private static readonly (string Type, string Property)[] Parts =
    [
        ("AWS::ApiGateway::Resource", "RestApiId"), ("AWS::ApiGateway::Authorizer", "RestApiId"),
        ("AWS::ApiGatewayV2::Integration", "ApiId"), ("AWS::ApiGatewayV2::Authorizer", "ApiId"),
    ];

    /// <summary>Adds a line for each part.</summary>
    /// <param name="resources">The resources of all templates.</param>
    /// <param name="known">The APIs of all templates.</param>
    public static void Note(ResourceSet resources, IReadOnlyDictionary<string, Api> known)
    {
        // These have a line that says that WebSocket APIs are not served.
        var others = resources.Of("AWS::ApiGatewayV2::Api").Select(a => a.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (type, property) in Parts)
        {
            foreach (var part in resources.Of(type))
            {
                var id = ResourceSet.Text(part.Properties[property]) ?? "";
                if (!known.ContainsKey(id) && !others.Contains(id))
                    part.Context.Receipt.Ignored(
                        part.LogicalId,
                        property,
                        $"the API '{id}' is in no template that is deployed with it",
                        part.Key);
            }
        }
    }
}
