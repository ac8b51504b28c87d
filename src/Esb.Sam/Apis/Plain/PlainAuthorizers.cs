using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// <c>AWS::ApiGateway::Authorizer</c> and <c>AWS::ApiGatewayV2::Authorizer</c> of all templates that are read together,
/// and how methods and routes name them.
/// </summary>
internal sealed class PlainAuthorizers
{
    private readonly Dictionary<string, (string Api, YamlMapping Form)> _authorizers = new(StringComparer.Ordinal);

    public PlainAuthorizers(ResourceSet resources, string type)
    {
        foreach (var resource in resources.Of(type))
        {
            var api = ResourceSet.Text(resource.Properties["RestApiId"])
                ?? ResourceSet.Text(resource.Properties["ApiId"])
                ?? "";
            _authorizers[resource.Name] = (api, Of(resource));
        }
    }

    /// <summary>What a method or route requires; null when it is open.</summary>
    public YamlMapping? For(MappingReader route, string api) => RouteGuard.Of(
        Named(route, api), route.TextList("AuthorizationScopes"), route.Boolean("ApiKeyRequired") ?? false);

    // Source: CloudFormation, "AWS::ApiGateway::Method" and "AWS::ApiGatewayV2::Route", AuthorizationType and
    // AuthorizerId.
    private YamlMapping? Named(MappingReader route, string api)
    {
        var (type, id) = (route.Text("AuthorizationType"), route.Text("AuthorizerId"));
        if (type is null or "NONE")
            return id is null
                ? null
                : AuthorizerForm.Closed($"it names the authorizer '{id}', but no AuthorizationType that uses it");
        if (type == "AWS_IAM")
            return AuthorizerForm.Iam;
        if (id is null || !_authorizers.TryGetValue(id, out var named))
            return AuthorizerForm.Closed($"its authorizer of type {type} is not in this template");
        if (named.Api != api)
            return AuthorizerForm.Closed($"its authorizer '{id}' belongs to the API '{named.Api}'");
        return Fits(type, named.Form) ? named.Form : AuthorizerForm.Closed(
            $"its AuthorizationType is {type}, and the authorizer '{id}' is of another type");
    }

    private static bool Fits(string type, YamlMapping authorizer) => ResourceSet.Text(authorizer["type"]) switch
    {
        "jwt" => type is "JWT" or "COGNITO_USER_POOLS",
        "lambda" => type == "CUSTOM",
        _ => true,
    };

    private static YamlMapping Of(TemplateResource resource)
    {
        var diagnostics = resource.Context.Diagnostics;
        var authorizer = new MappingReader(resource.Properties, resource.LogicalId, diagnostics);
        var type = (authorizer.Text("Type") ?? authorizer.Text("AuthorizerType"))?.ToUpperInvariant();
        var isHttp = resource.Type == "AWS::ApiGatewayV2::Authorizer";
        foreach (var (key, why) in OtherTypes.Unused(type, isHttp, authorizer.Mapping))
            resource.Context.LeaveOut(resource.LogicalId, key.Value, why, key);
        if (OtherTypes.Closed(type, authorizer.Mapping) is { } closed)
            return closed;
        IReadOnlyList<string> sources = [.. authorizer.TextList("IdentitySource").SelectMany(AuthorizerForm.Sources)];
        var expression = authorizer.Text("IdentityValidationExpression");
        return type switch
        {
            "COGNITO_USER_POOLS" =>
                AuthorizerForm.Cognito(authorizer.TextList("ProviderARNs"), [], sources, expression),
            "JWT" or "REQUEST" when expression is not null => RouteGuard.NoExpression,
            "JWT" when authorizer.Nested("JwtConfiguration") is { } jwt && jwt.Text("Issuer") is { } issuer =>
                AuthorizerForm.Jwt(issuer, JwtAudience.Of(jwt, diagnostics), [], sources),
            "TOKEN" or "REQUEST" => AuthorizerForm.Lambda(
                LambdaTarget.OfArn(authorizer.Text("AuthorizerUri")),
                new LambdaAuthorizerSettings(
                    type,
                    sources,
                    authorizer.Integer("AuthorizerResultTtlInSeconds", 0, 3600),
                    authorizer.Text("AuthorizerPayloadFormatVersion") ?? "1.0",
                    isHttp && (authorizer.Boolean("EnableSimpleResponses") ?? false),
                    expression)
                { IsHttp = isHttp }),
            _ => AuthorizerForm.Closed($"authorizers of type {type} are not served"),
        };
    }
}
