using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.OpenApi;

/// <summary>
/// Reads <c>securityDefinitions</c> (OpenAPI 2) or <c>components.securitySchemes</c> (3) with
/// <c>x-amazon-apigateway-authorizer</c>, and the <c>security</c> of operations.
/// </summary>
internal sealed class OpenApiSecurity
{
    private const string Extension = "x-amazon-apigateway-authorizer";

    // Source: API Gateway Developer Guide, "x-amazon-apigateway-authorizer object".
    private static readonly HashSet<string> AuthorizerKeys = new(StringComparer.Ordinal)
    {
        "type", "authorizerUri", "authorizerCredentials", "authorizerPayloadFormatVersion",
        "authorizerResultTtlInSeconds", "enableSimpleResponses", "identitySource", "identityValidationExpression",
        "jwtConfiguration", "providerARNs",
    };

    private readonly Dictionary<string, YamlMapping> _authorizers = new(StringComparer.Ordinal);
    private readonly YamlNode? _common;
    private readonly DiagnosticBag _diagnostics;

    /// <param name="definition">The whole definition.</param>
    /// <param name="sam">The authorizers of the SAM API, which take precedence over schemes of the same name.</param>
    /// <param name="subject">The name of the API in messages.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public OpenApiSecurity(
        YamlMapping definition,
        IReadOnlyDictionary<string, YamlMapping> sam,
        string subject,
        DiagnosticBag diagnostics)
    {
        _diagnostics = diagnostics;
        _common = definition["security"];
        var schemes =
            definition["securityDefinitions"] ?? (definition["components"] as YamlMapping)?["securitySchemes"];
        if (schemes is not null and not YamlMapping and not YamlScalar { IsNull: true })
            diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{subject}: the security schemes of its definition must be a mapping, but is {schemes.Kind}",
                schemes);
        foreach (var (name, node) in (schemes as YamlMapping)?.Entries ?? [])
        {
            if (node is YamlMapping scheme)
            {
                var authorizer = scheme[Extension] as YamlMapping ?? YamlMapping.Empty;
                var reader = new MappingReader(authorizer, $"{subject}, {name.Value}", diagnostics);
                _authorizers[name.Value] = Of(name.Value, scheme, reader);
            }
        }

        foreach (var (name, authorizer) in sam)
            _authorizers[name] = authorizer;
    }

    /// <summary>The authorizers by the name of their scheme, in the form of routing.yml.</summary>
    public IReadOnlyDictionary<string, YamlMapping> Authorizers => _authorizers;

    /// <summary>
    /// What an operation requires: in its own <c>security</c> or, if it has none, in the <c>security</c> of the
    /// definition.
    /// </summary>
    public OpenApiRequirement Of(YamlNode? own)
    {
        // A null has been reported as an error already.
        var said = Given(own) ?? Given(_common);
        return said switch
        {
            null => OpenApiRequirement.Open,
            not YamlSequence => OpenApiRequirement.Closing($"its 'security' is {said.Kind} and not a list", said),
            YamlSequence { Items.Count: 0 } => OpenApiRequirement.Open,
            YamlSequence list when list.Items.FirstOrDefault(i => i is not YamlMapping) is { } wrong =>
                OpenApiRequirement.Closing(
                    $"its 'security' has {Kind(wrong)} where the mapping of a scheme to its scopes belongs", wrong),
            YamlSequence list => OfSchemes([.. list.Items.Cast<YamlMapping>().SelectMany(i => i.Entries)], said),
        };
    }

    // API Gateway requires all schemes, whether they are in one entry or in several: SAM itself writes an API key as a
    // second entry after an authorizer.
    private OpenApiRequirement OfSchemes(IReadOnlyList<YamlEntry> schemes, YamlNode at)
    {
        if (schemes.FirstOrDefault(s => s.Key.Value == SamSecurity.NoAuthorizer).Key is { } none
            && _authorizers.ContainsKey(SamSecurity.NoAuthorizer))
            return OpenApiRequirement.Closing("a scheme called 'NONE' cannot be distinguished from the keyword", none);
        if (schemes.Where(s => s.Key.Value is not (SamSecurity.NoAuthorizer or SamSecurity.NoKey))
            .ToList() is not { Count: > 0 } needed)
            return OpenApiRequirement.Open;
        foreach (var (name, scopes) in needed)
        {
            if (Given(scopes) is { } given
                && (given is not YamlSequence list || list.Items.Any(i => i is not YamlScalar { IsNull: false })))
                return OpenApiRequirement.Closing(
                    $"the scopes of '{name.Value}' in its 'security' are not a list of text", given);
            if (Scheme(name.Value) is null)
                return OpenApiRequirement.Closing($"the definition has no security scheme '{name.Value}'", name);
        }

        var names = needed.Select(n => n.Key.Value).Distinct(StringComparer.Ordinal).ToLookup(n => IsKey(Scheme(n)!));
        if (names[false].Count() > 1)
            return OpenApiRequirement.Closing("several authorizers at once are not served", at);
        var guard = names[false].FirstOrDefault() ?? names[true].First();
        if (needed.FirstOrDefault(
            n => names.Count > 1 && IsKey(Scheme(n.Key.Value)!) && Scopes(n.Value).Any()).Key is { } scoped)
            return OpenApiRequirement.Closing(
                $"it asks for scopes of the API key '{scoped.Value}', which has none", scoped);
        // An operation without scopes requires none, even if its authorizer has scopes. SAM copies the authorizer's
        // scopes into the requirements that it adds.
        return OpenApiRequirement.Of(RouteGuard.Of(
            Scheme(guard)!.Without("scopes"),
            [.. needed.SelectMany(n => Scopes(n.Value))],
            needsKey: names[true].Any())!);
    }

    // SAM writes two names that need no scheme in the definition.
    private YamlMapping? Scheme(string name) => _authorizers.GetValueOrDefault(name) ?? name switch
    {
        SamSecurity.Key => AuthorizerForm.ApiKey,
        "AWS_IAM" => AuthorizerForm.Iam,
        _ => null,
    };

    private static bool IsKey(YamlMapping authorizer) => ResourceSet.Text(authorizer["type"]) == "api_key";

    private static IEnumerable<string> Scopes(YamlNode node) =>
        (node as YamlSequence)?.Items.OfType<YamlScalar>().Select(s => s.Value) ?? [];

    private static YamlNode? Given(YamlNode? node) => node is YamlScalar { IsNull: true } ? null : node;

    private static string Kind(YamlNode node) => node is YamlScalar { IsNull: true } ? "nothing" : node.Kind;

    private YamlMapping Of(string name, YamlMapping scheme, MappingReader authorizer)
    {
        if (ResourceSet.Text(
            scheme["x-amazon-apigateway-authtype"])?.Equals("awsSigv4", StringComparison.OrdinalIgnoreCase) == true)
            return AuthorizerForm.Iam;
        var header = ResourceSet.Text(scheme["name"]);
        if (authorizer.Mapping.Entries.Count == 0)
            return string.Equals(header, "x-api-key", StringComparison.OrdinalIgnoreCase) && !scheme.Contains(Extension)
                ? AuthorizerForm.ApiKey
                : AuthorizerForm.Closed($"the security scheme '{name}' names no authorizer");
        if (authorizer.Mapping.Entries.FirstOrDefault(e => !AuthorizerKeys.Contains(e.Key.Value)).Key is { } unknown)
            return AuthorizerForm.Closed(
                $"the authorizer of '{name}' has the key '{unknown.Value}', which is not read");
        var (type, expression, ttl) = (
            authorizer.Text("type")?.ToUpperInvariant(),
            Expression(authorizer),
            authorizer.Integer("authorizerResultTtlInSeconds", 0, 3600));
        // HTTP APIs also accept a list, and SAM writes one. The name in the scheme is the header of the token; for
        // authorizers of type REQUEST, AWS writes "Unused".
        var source = authorizer.TextList("identitySource") is { Count: > 0 } sources ? string.Join(',', sources)
            : type == "REQUEST" || header is null ? null
            : $"$request.header.{header}";
        return type switch
        {
            "COGNITO_USER_POOLS" => AuthorizerForm.Cognito(authorizer.TextList("providerARNs"), [], source, expression),
            "JWT" or "REQUEST" when expression is not null => RouteGuard.NoExpression,
            "JWT" when authorizer.Nested("jwtConfiguration") is { } jwt && jwt.Text("issuer") is { } issuer =>
                AuthorizerForm.Jwt(issuer, JwtAudience.Of(jwt, _diagnostics), [], source),
            "TOKEN" or "REQUEST" => AuthorizerForm.Lambda(
                LambdaTarget.OfArn(authorizer.Text("authorizerUri")),
                Lambda(authorizer, type, source, expression, ttl)),
            var other => AuthorizerForm.Closed($"authorizers of type {other} are not served"),
        };
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

    private static LambdaAuthorizerSettings Lambda(
        MappingReader authorizer,
        string type,
        string? source,
        string? expression,
        int? ttl) =>
        new(
            type,
            source?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            ttl,
            authorizer.Text("authorizerPayloadFormatVersion") ?? "1.0",
            authorizer.Boolean("enableSimpleResponses") ?? false,
            expression);
}
