using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Decides who may call the operations of one definition, by their own requirements and those that SAM adds for events
/// and for the API.
/// </summary>
/// <param name="security">The security of the definition.</param>
/// <param name="sam">The requirements of the API; none for an API that is not one of SAM.</param>
internal sealed class OperationGuards(OpenApiSecurity security, SamSecurity sam)
{
    private const string OwnType = "x-amazon-apigateway-auth";

    private readonly Dictionary<string, YamlMapping> _operations = new(StringComparer.Ordinal);

    /// <summary>The requirement of an operation of the definition.</summary>
    public OpenApiRequirement OfOperation(string method, string path, YamlMapping operation)
    {
        _operations[RouteShape.Of(method, path)] = operation;
        return Of(operation, operation["security"], method, operation.Place);
    }

    /// <summary>The requirement of an operation that an event creates or extends.</summary>
    /// <param name="method">The method in upper case.</param>
    /// <param name="path">The path of the event.</param>
    /// <param name="own">The <c>Auth</c> of the event.</param>
    /// <param name="place">The position of the event.</param>
    /// <param name="isBeside">
    /// Whether the event's requirement is added to that of the operation rather than replacing it.
    /// </param>
    public OpenApiRequirement OfEvent(string method, string path, MappingReader? own, Place place, bool isBeside)
    {
        var operation = _operations.GetValueOrDefault(RouteShape.Of(method, path)) ?? YamlMapping.Empty;
        var written = operation["security"];
        if (own is null || sam.OfEvent(own) is not { } said)
            return own?.TextList("AuthorizationScopes").Count > 0
                ? OpenApiRequirement.Closing("it requires scopes, which no authorizer here checks", own.Mapping)
                : Of(operation, written, method, place);
        if (isBeside && written is YamlSequence list)
            said = new YamlSequence([.. list.Items, .. said.Items], said.Place);
        return Of(operation, said, method, place);
    }

    private OpenApiRequirement Of(YamlMapping operation, YamlNode? own, string method, Place place)
    {
        var said = security.Of(sam.WithDefaults(own, method == "OPTIONS", place));
        return operation[OwnType] is null or YamlScalar { IsNull: true } ? said : OfType(operation[OwnType], said);
    }

    // Source: API Gateway Developer Guide, "x-amazon-apigateway-auth object".
    private static OpenApiRequirement OfType(YamlNode? written, OpenApiRequirement said) =>
        ResourceSet.Text((written as YamlMapping)?["type"])?.ToUpperInvariant() switch
        {
            "NONE" when said.Authorizer is not null => OpenApiRequirement.Of(AuthorizerForm.Closed(
                "its x-amazon-apigateway-auth is NONE, and its 'security' asks for an authorizer")),
            "NONE" => OpenApiRequirement.Open,
            "AWS_IAM" => OpenApiRequirement.Of(AuthorizerForm.Iam),
            var type => OpenApiRequirement.Of(AuthorizerForm.Closed(
                $"authorization of type {type ?? "that is not given"} is not served")),
        };
}
