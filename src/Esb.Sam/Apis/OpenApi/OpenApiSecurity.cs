using System.Globalization;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// <c>securityDefinitions</c> (OpenAPI 2) or <c>components.securitySchemes</c> (3) with <c>x-amazon-apigateway-authorizer</c>, and the
/// <c>security</c> of operations.
/// </summary>
internal sealed class OpenApiSecurity
{
    private readonly Dictionary<string, YamlMapping> _authorizers = new(StringComparer.Ordinal);
    private readonly YamlNode? _common;

    public OpenApiSecurity(YamlMapping definition, string subject, DiagnosticBag diagnostics)
    {
        _common = definition["security"];
        var schemes = definition["securityDefinitions"] ?? (definition["components"] as YamlMapping)?["securitySchemes"];
        if (schemes is not null and not YamlMapping and not YamlScalar { IsNull: true })
            diagnostics.Error(DiagnosticCodes.WrongKind, $"{subject}: the security schemes of its definition must be a mapping, this is {schemes.Kind}", schemes);
        foreach (var (name, node) in (schemes as YamlMapping)?.Entries ?? [])
        {
            if (node is YamlMapping scheme)
                _authorizers[name.Value] = Of(name.Value, scheme, new MappingReader(scheme["x-amazon-apigateway-authorizer"] as YamlMapping ?? YamlMapping.Empty, $"{subject}, {name.Value}", diagnostics));
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
            // Alternatives: the first one counts.
            YamlSequence list => OfSchemes((YamlMapping)list.Items[0]),
        };
    }

    // Several schemes in one are all needed.
    private OpenApiRequirement OfSchemes(YamlMapping schemes)
    {
        if (schemes.Entries.Where(s => s.Key.Value != "NONE").ToList() is not { Count: > 0 } needed)
            return OpenApiRequirement.Open;
        if (needed.Count > 1)
            return OpenApiRequirement.Closing("several authorizers at once are not served", schemes);
        var (name, scopes) = needed[0];
        if (Given(scopes) is { } given && (given is not YamlSequence list || list.Items.Any(i => i is not YamlScalar { IsNull: false })))
            return OpenApiRequirement.Closing($"the scopes of '{name.Value}' in its 'security' are no list of text", given);
        return _authorizers.TryGetValue(name.Value, out var authorizer)
            ? OpenApiRequirement.Of(AuthorizerForm.WithScopes(authorizer, [.. (scopes as YamlSequence)?.Items.OfType<YamlScalar>().Select(s => s.Value) ?? []]))
            : OpenApiRequirement.Closing($"the definition has no security scheme '{name.Value}'", name);
    }

    private static YamlNode? Given(YamlNode? node) => node is YamlScalar { IsNull: true } ? null : node;

    private static string Kind(YamlNode node) => node is YamlScalar { IsNull: true } ? "nothing" : node.Kind;

    private static YamlMapping Of(string name, YamlMapping scheme, MappingReader authorizer)
    {
        if (ResourceSet.Text(scheme["x-amazon-apigateway-authtype"])?.Equals("awsSigv4", StringComparison.OrdinalIgnoreCase) == true)
            return AuthorizerForm.Iam;
        var header = ResourceSet.Text(scheme["name"]);
        if (authorizer.Mapping.Entries.Count == 0)
            return string.Equals(header, "x-api-key", StringComparison.OrdinalIgnoreCase) ? AuthorizerForm.ApiKey : AuthorizerForm.Unsupported($"the security scheme '{name}' names no authorizer");
        // HTTP APIs take a list too, and SAM writes one.
        var source = authorizer.TextList("identitySource") is { Count: > 0 } sources ? string.Join(',', sources) : (header is null ? null : $"$request.header.{header}");
        return authorizer.Text("type")?.ToUpperInvariant() switch
        {
            "COGNITO_USER_POOLS" => AuthorizerForm.Cognito(authorizer.TextList("providerARNs"), [], source),
            "JWT" when authorizer.Nested("jwtConfiguration") is { } jwt && jwt.Text("issuer") is { } issuer => AuthorizerForm.Jwt(issuer, jwt.TextList("audience"), [], source),
            "TOKEN" or "REQUEST" => AuthorizerForm.Lambda(LambdaTarget.OfArn(authorizer.Text("authorizerUri")), Lambda(authorizer, source)),
            var other => AuthorizerForm.Unsupported($"authorizers of type {other} are not served"),
        };
    }

    private static LambdaAuthorizer Lambda(MappingReader authorizer, string? source) => new(
        authorizer.Text("type")!.ToUpperInvariant(),
        source?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
        int.TryParse(authorizer.Text("authorizerResultTtlInSeconds"), NumberStyles.None, CultureInfo.InvariantCulture, out var ttl) ? ttl : null,
        authorizer.Text("authorizerPayloadFormatVersion") ?? "1.0",
        authorizer.Boolean("enableSimpleResponses") ?? false,
        authorizer.Text("identityValidationExpression"));
}
