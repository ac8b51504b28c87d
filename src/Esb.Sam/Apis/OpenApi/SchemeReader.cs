using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Reads a security scheme of a definition with its <c>x-amazon-apigateway-authorizer</c>. Source: API Gateway
/// Developer Guide, "x-amazon-apigateway-authorizer object".
/// </summary>
/// <param name="isHttp">Whether the API is an HTTP API.</param>
/// <param name="subject">The name of the API in messages.</param>
/// <param name="context">Receives errors and lines.</param>
internal sealed class SchemeReader(bool isHttp, string subject, StackContext context)
{
    private const string Extension = "x-amazon-apigateway-authorizer";

    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal)
    {
        "type", "authorizerUri", "authorizerCredentials", "authorizerPayloadFormatVersion",
        "authorizerResultTtlInSeconds", "enableSimpleResponses", "identitySource", "identityValidationExpression",
        "jwtConfiguration", "providerARNs",
    };

    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    /// <summary>Returns the authorizer of a scheme, in the form of routing.yml.</summary>
    public YamlMapping Of(string name, YamlMapping scheme)
    {
        var written = new MappingReader(scheme, $"{subject}, {name}", _diagnostics);
        if (written.Text("x-amazon-apigateway-authtype")?.Equals("awsSigv4", StringComparison.OrdinalIgnoreCase)
            == true)
            return AuthorizerForm.Iam;
        var (header, kind) = (written.Text("name"), written.Text("type"));
        if (kind is not { Length: > 0 })
            return AuthorizerForm.Closed($"the security scheme '{name}' has no type");
        var authorizer = new MappingReader(
            scheme[Extension] as YamlMapping ?? YamlMapping.Empty, $"{subject}, {name}", _diagnostics);
        if (authorizer.Mapping.Entries.Count == 0)
            return string.Equals(header, "x-api-key", StringComparison.OrdinalIgnoreCase) && !scheme.Contains(Extension)
                ? AuthorizerForm.ApiKey
                : AuthorizerForm.Closed($"the security scheme '{name}' names no authorizer");
        if (authorizer.Mapping.Entries.FirstOrDefault(e => !Keys.Contains(e.Key.Value)).Key is { } unknown)
            return AuthorizerForm.Closed(
                $"the authorizer of '{name}' has the key '{unknown.Value}', which is not read");
        return Of(name, authorizer, header);
    }

    private YamlMapping Of(string name, MappingReader authorizer, string? header)
    {
        var type = authorizer.Text("type")?.ToUpperInvariant();
        foreach (var (key, why) in OtherTypes.Unused(type, isHttp, authorizer.Mapping))
            context.LeaveOut(subject, $"{name}.{key.Value}", why, key);
        // Read whatever the type is, so that a wrong value is an error.
        var timeToLive = authorizer.Integer("authorizerResultTtlInSeconds", 0, 3600);
        if (OtherTypes.Closed(type, authorizer.Mapping) is { } closed)
            return closed;
        if (type is "TOKEN" or "COGNITO_USER_POOLS" ? isHttp : type is "JWT" && !isHttp)
            return AuthorizerForm.Closed(
                $"{(isHttp ? "an HTTP API" : "a REST API")} has no authorizers of type {type}");
        var expression = Expression(authorizer);
        var sources = Sources(authorizer, type, header);
        return type switch
        {
            "COGNITO_USER_POOLS" =>
                AuthorizerForm.Cognito(authorizer.TextList("providerARNs"), [], sources, expression),
            "JWT" or "REQUEST" when expression is not null => RouteGuard.NoExpression,
            "JWT" when authorizer.Nested("jwtConfiguration") is { } jwt && Issuer(name, jwt) is { } issuer =>
                AuthorizerForm.Jwt(issuer, JwtAudience.Of(jwt, _diagnostics), [], sources),
            "TOKEN" or "REQUEST" => AuthorizerForm.Lambda(
                LambdaTarget.OfArn(authorizer.Text("authorizerUri")),
                Lambda(authorizer, type, sources, timeToLive, expression)),
            var other => AuthorizerForm.Closed($"authorizers of type {other} are not served"),
        };
    }

    // HTTP APIs also accept a list, and SAM writes one. The name in the scheme is the header of the token; for
    // authorizers of type REQUEST, AWS writes "Unused".
    private static List<string> Sources(MappingReader authorizer, string? type, string? header) =>
        authorizer.TextList("identitySource").SelectMany(AuthorizerForm.Sources).ToList() is { Count: > 0 } sources
            ? sources
            : type == "REQUEST" || header is null ? [] : [$"$request.header.{header}"];

    private string? Issuer(string name, MappingReader jwt)
    {
        Forms.Issuer.Check(
            jwt, "issuer", new RuleScope(subject, $"{name}.issuer", context.Receipt, _diagnostics));
        return jwt.Text("issuer");
    }

    private string? Expression(MappingReader authorizer)
    {
        const string Key = "identityValidationExpression";
        var expression = authorizer.Text(Key);
        if (expression is not null && TokenExpression.Problem(expression) is { } problem)
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{authorizer.Subject}: '{Key}' cannot be used: {problem}",
                authorizer.Mapping[Key],
                TokenExpression.Rule);
        return expression;
    }

    private LambdaAuthorizerSettings Lambda(
        MappingReader authorizer,
        string type,
        IReadOnlyList<string> sources,
        int? timeToLive,
        string? expression) =>
        new(
            type,
            sources,
            timeToLive,
            isHttp ? authorizer.Text("authorizerPayloadFormatVersion") ?? "1.0" : "1.0",
            isHttp && (authorizer.Boolean("enableSimpleResponses") ?? false),
            expression)
        { IsHttp = isHttp };
}
