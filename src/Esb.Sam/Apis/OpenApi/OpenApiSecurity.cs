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
    private readonly Dictionary<string, YamlMapping> _authorizers = new(StringComparer.Ordinal);
    private readonly YamlNode? _common;

    /// <param name="definition">The whole definition.</param>
    /// <param name="api">
    /// The API. The authorizers of its <c>Auth</c> take precedence over schemes of the same name.
    /// </param>
    /// <param name="subject">The name of the API in messages.</param>
    /// <param name="context">Receives errors and lines.</param>
    public OpenApiSecurity(YamlMapping definition, Api api, string subject, StackContext context)
    {
        var diagnostics = context.Diagnostics;
        var reader = new SchemeReader(api.IsHttp, subject, context);
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
                _authorizers[name.Value] = reader.Of(name.Value, scheme);
        }

        foreach (var (name, authorizer) in api.Auth.Authorizers)
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
}
