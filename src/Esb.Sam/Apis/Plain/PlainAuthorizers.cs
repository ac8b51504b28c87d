using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary><c>AWS::ApiGateway::Authorizer</c> and <c>AWS::ApiGatewayV2::Authorizer</c>, and how methods and routes name them.</summary>
internal static class PlainAuthorizers
{
    public static Dictionary<string, YamlMapping> Read(ResourceSet resources, string type, DiagnosticBag diagnostics)
    {
        var authorizers = new Dictionary<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var resource in resources.Of(type))
            authorizers[resource.Name] = Of(new MappingReader(resource.Properties, resource.LogicalId, diagnostics));
        return authorizers;
    }

    /// <summary>What a method or route asks for.</summary>
    public static YamlMapping? For(MappingReader method, IReadOnlyDictionary<string, YamlMapping> authorizers)
    {
        var authorizer = method.Text("AuthorizationType")?.ToUpperInvariant() switch
        {
            null or "NONE" => null,
            "AWS_IAM" => AuthorizerForm.Iam,
            _ when authorizers.TryGetValue(method.Text("AuthorizerId") ?? "", out var named) => AuthorizerForm.WithScopes(named, method.TextList("AuthorizationScopes")),
            var type => AuthorizerForm.Unsupported($"its authorizer of type {type} is not in this template"),
        };
        if (method.Boolean("ApiKeyRequired") != true)
            return authorizer;
        return authorizer is null ? AuthorizerForm.ApiKey : AuthorizerForm.Unsupported("an API key beside an authorizer is not served");
    }

    private static YamlMapping Of(MappingReader authorizer)
    {
        var type = (authorizer.Text("Type") ?? authorizer.Text("AuthorizerType"))?.ToUpperInvariant();
        var isHttp = authorizer.Mapping.Contains("AuthorizerType");
        IReadOnlyList<string> sources = [.. authorizer.TextList("IdentitySource").SelectMany(s => s.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        return type switch
        {
            "COGNITO_USER_POOLS" => AuthorizerForm.Cognito(authorizer.TextList("ProviderARNs"), [], sources.Count > 0 ? sources[0] : null),
            "JWT" when authorizer.Nested("JwtConfiguration") is { } jwt && jwt.Text("Issuer") is { } issuer => AuthorizerForm.Jwt(issuer, jwt.TextList("Audience"), [], sources.Count > 0 ? sources[0] : null),
            "TOKEN" or "REQUEST" => AuthorizerForm.Lambda(
                LambdaTarget.OfArn(authorizer.Text("AuthorizerUri")),
                new LambdaAuthorizer(
                    type,
                    sources,
                    authorizer.Integer("AuthorizerResultTtlInSeconds", 0, 3600),
                    authorizer.Text("AuthorizerPayloadFormatVersion") ?? "1.0",
                    isHttp && (authorizer.Boolean("EnableSimpleResponses") ?? false),
                    authorizer.Text("IdentityValidationExpression"))),
            _ => AuthorizerForm.Unsupported($"authorizers of type {type} are not served"),
        };
    }
}
