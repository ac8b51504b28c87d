using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// <c>securityDefinitions</c> (OpenAPI 2) or <c>components.securitySchemes</c> (3) with <c>x-amazon-apigateway-authorizer</c>, and the
/// <c>security</c> of operations.
/// </summary>
internal sealed class OpenApiSecurity
{
    private const string Extension = "x-amazon-apigateway-authorizer";

    // Source: API Gateway Developer Guide, "x-amazon-apigateway-authorizer object".
    private static readonly HashSet<string> AuthorizerKeys = new(StringComparer.Ordinal)
    {
        "type", "authorizerUri", "authorizerCredentials", "authorizerPayloadFormatVersion", "authorizerResultTtlInSeconds", "enableSimpleResponses", "identitySource",
        "identityValidationExpression", "jwtConfiguration", "providerARNs",
    };

    private readonly Dictionary<string, YamlMapping> _authorizers = new(StringComparer.Ordinal);
    private readonly YamlNode? _common;
    private readonly DiagnosticBag _diagnostics;

    public OpenApiSecurity(YamlMapping definition, string subject, DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _common = definition["security"];
        var schemes = definition["securityDefinitions"] ?? (definition["components"] as YamlMapping)?["securitySchemes"];
        if (schemes is not null and not YamlMapping and not YamlScalar { IsNull: true })
            diagnostics.Error(DiagnosticCodes.WrongKind, $"{subject}: the security schemes of its definition must be a mapping, this is {schemes.Kind}", schemes);
        foreach (var (name, node) in (schemes as YamlMapping)?.Entries ?? [])
        {
            if (node is YamlMapping scheme)
                _authorizers[name.Value] = Of(name.Value, scheme, new MappingReader(scheme[Extension] as YamlMapping ?? YamlMapping.Empty, $"{subject}, {name.Value}", diagnostics));
        }
    }

    /// <summary>By the name of the scheme, in the form of routing.yml.</summary>
    public IReadOnlyDictionary<string, YamlMapping> Authorizers => _authorizers;

    /// <summary>What an operation asks for. When it and the definition say nothing, the API's own rule holds.</summary>
    public OpenApiRequirement Of(YamlMapping operation)
    {
        // A key with nothing behind it says nothing: its entries may be commented out.
        var said = Given(operation["security"]) ?? Given(_common);
        return said switch
        {
            null => OpenApiRequirement.Silent,
            not YamlSequence => OpenApiRequirement.Closing($"its 'security' is {said.Kind} and not a list", said),
            YamlSequence { Items.Count: 0 } => OpenApiRequirement.Open,
            YamlSequence list when list.Items.FirstOrDefault(i => i is not YamlMapping) is { } wrong =>
                OpenApiRequirement.Closing($"its 'security' has {Kind(wrong)} where the mapping of a scheme to its scopes belongs", wrong),
            YamlSequence list => OfSchemes([.. list.Items.Cast<YamlMapping>().SelectMany(i => i.Entries)], said),
        };
    }

    // API Gateway asks for all of them, whether they stand in one entry or in several: SAM itself writes a key beside an authorizer as a second entry.
    private OpenApiRequirement OfSchemes(IReadOnlyList<YamlEntry> schemes, YamlNode at)
    {
        if (schemes.FirstOrDefault(s => s.Key.Value == "NONE").Key is { } none && _authorizers.ContainsKey("NONE"))
            return OpenApiRequirement.Closing("a scheme called 'NONE' cannot be told from the word", none);
        if (schemes.Where(s => s.Key.Value != "NONE").ToList() is not { Count: > 0 } needed)
            return OpenApiRequirement.Open;
        foreach (var (name, scopes) in needed)
        {
            if (Given(scopes) is { } given && (given is not YamlSequence list || list.Items.Any(i => i is not YamlScalar { IsNull: false })))
                return OpenApiRequirement.Closing($"the scopes of '{name.Value}' in its 'security' are no list of text", given);
            if (!_authorizers.ContainsKey(name.Value))
                return OpenApiRequirement.Closing($"the definition has no security scheme '{name.Value}'", name);
        }

        if (needed.DistinctBy(n => n.Key.Value, StringComparer.Ordinal).Count() > 1)
            return OpenApiRequirement.Closing(needed.Any(n => IsKey(_authorizers[n.Key.Value])) ? "an API key beside an authorizer is not served" : "several authorizers at once are not served", at);
        var authorizer = RouteGuard.Of(_authorizers[needed[0].Key.Value], [.. needed.SelectMany(n => Scopes(n.Value))], needsKey: false)!;
        return OpenApiRequirement.Of(authorizer);
    }

    private static bool IsKey(YamlMapping authorizer) => ResourceSet.Text(authorizer["type"]) == "api_key";

    private static IEnumerable<string> Scopes(YamlNode node) => (node as YamlSequence)?.Items.OfType<YamlScalar>().Select(s => s.Value) ?? [];

    private static YamlNode? Given(YamlNode? node) => node is YamlScalar { IsNull: true } ? null : node;

    private static string Kind(YamlNode node) => node is YamlScalar { IsNull: true } ? "nothing" : node.Kind;

    private YamlMapping Of(string name, YamlMapping scheme, MappingReader authorizer)
    {
        if (ResourceSet.Text(scheme["x-amazon-apigateway-authtype"])?.Equals("awsSigv4", StringComparison.OrdinalIgnoreCase) == true)
            return AuthorizerForm.Iam;
        var header = ResourceSet.Text(scheme["name"]);
        if (authorizer.Mapping.Entries.Count == 0)
            return string.Equals(header, "x-api-key", StringComparison.OrdinalIgnoreCase) && !scheme.Contains(Extension) ? AuthorizerForm.ApiKey : AuthorizerForm.Unsupported($"the security scheme '{name}' names no authorizer");
        if (authorizer.Mapping.Entries.FirstOrDefault(e => !AuthorizerKeys.Contains(e.Key.Value)).Key is { } unknown)
            return AuthorizerForm.Unsupported($"the authorizer of '{name}' has the key '{unknown.Value}', and nobody reads it");
        // HTTP APIs take a list too, and SAM writes one.
        var source = authorizer.TextList("identitySource") is { Count: > 0 } sources ? string.Join(',', sources) : (header is null ? null : $"$request.header.{header}");
        var (type, expression) = (authorizer.Text("type")?.ToUpperInvariant(), Expression(authorizer));
        return type switch
        {
            "COGNITO_USER_POOLS" => AuthorizerForm.Cognito(authorizer.TextList("providerARNs"), [], source, expression),
            "JWT" or "REQUEST" when expression is not null => RouteGuard.NoExpression,
            "JWT" when authorizer.Nested("jwtConfiguration") is { } jwt && jwt.Text("issuer") is { } issuer => AuthorizerForm.Jwt(issuer, JwtAudience.Of(jwt, _diagnostics), [], source),
            "TOKEN" or "REQUEST" => AuthorizerForm.Lambda(LambdaTarget.OfArn(authorizer.Text("authorizerUri")), Lambda(authorizer, type, source, expression)),
            var other => AuthorizerForm.Unsupported($"authorizers of type {other} are not served"),
        };
    }

    private string? Expression(MappingReader authorizer)
    {
        const string Key = "identityValidationExpression";
        var expression = authorizer.Text(Key);
        if (expression is not null && TokenExpression.Problem(expression) is { } problem)
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{authorizer.Subject}: '{Key}' cannot be used: {problem}", authorizer.Mapping[Key], TokenExpression.Rule);
        return expression;
    }

    private static LambdaAuthorizer Lambda(MappingReader authorizer, string type, string? source, string? expression) => new(
        type,
        source?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        int.TryParse(authorizer.Text("authorizerResultTtlInSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var ttl) ? ttl : null,
        authorizer.Text("authorizerPayloadFormatVersion") ?? "1.0",
        authorizer.Boolean("enableSimpleResponses") ?? false,
        expression);
}
