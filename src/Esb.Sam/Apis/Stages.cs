namespace Esb.Sam.Apis;

/// <summary>Stages that are separate resources. ESB serves one stage of each API and reports the others.</summary>
internal static class Stages
{
    private static readonly string[] Types =
        ["AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment", "AWS::ApiGatewayV2::Stage"];

    /// <summary>Adds a line to the receipt for each stage that is not served.</summary>
    /// <param name="resources">The resources of all templates.</param>
    /// <param name="known">The APIs of all templates.</param>
    public static void Note(ResourceSet resources, IReadOnlyDictionary<string, Api> known)
    {
        foreach (var resource in Types.SelectMany(resources.Of))
        {
            var id = ApiOf(resource);
            if (ResourceSet.Text(resource.Properties["StageName"]) is not { } stage)
                continue;
            if (!known.TryGetValue(id, out var api))
                resource.Context.Receipt.Ignored(
                    resource.LogicalId,
                    "StageName",
                    $"the API '{id}' is in no template that is deployed with it",
                    resource.Key);
            else if (api.Stage != stage)
                resource.Context.LeaveOut(
                    resource.LogicalId,
                    "StageName",
                    $"one stage of an API is served; for '{id}' it is '{api.Stage}'",
                    resource.Key,
                    "deploy the other stage with its own template to another environment");
        }
    }

    private static string ApiOf(TemplateResource resource) =>
        ResourceSet.Text(resource.Properties["RestApiId"]) ?? ResourceSet.Text(resource.Properties["ApiId"]) ?? "";
}
