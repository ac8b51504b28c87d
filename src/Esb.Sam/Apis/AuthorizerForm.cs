using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>The forms of <c>authorizer:</c> in a route of routing.yml.</summary>
internal static class AuthorizerForm
{
    public static readonly YamlMapping ApiKey = YamlMapping.Of(("type", YamlScalar.Text("api_key")));

    public static readonly YamlMapping Iam = YamlMapping.Of(("type", YamlScalar.Text("iam")));

    // The authorizer has this key only while the template is being read; in routing.yml, the key belongs to the route.
    private const string ApiKeyMark = "api_key_required";

    /// <summary>Adds the requirement for an API key.</summary>
    public static YamlMapping WithKey(YamlMapping authorizer) => authorizer.With(ApiKeyMark, YamlScalar.Boolean(true));

    /// <summary>The two parts in routing.yml: the authorizer, and whether an API key is needed as well.</summary>
    public static (YamlMapping? Authorizer, bool NeedsKey) Parts(YamlMapping? authorizer) =>
        (authorizer?.Without(ApiKeyMark), authorizer?.Contains(ApiKeyMark) == true);

    /// <summary>Returns the authorizer of a closed route.</summary>
    public static YamlMapping Closed(string reason) =>
        YamlMapping.Of(("type", YamlScalar.Text("unsupported")), ("reason", YamlScalar.Text(reason)));

    public static YamlMapping Jwt(
        string issuer,
        IReadOnlyList<string> audience,
        IReadOnlyList<string> scopes,
        IReadOnlyList<string> sources,
        string? validation = null) =>
        sources.Count > 1 ? Closed("its authorizer looks for a token in several places") :
        Missing(sources) ?? YamlMapping.Of(
            ("type", YamlScalar.Text("jwt")),
            ("issuer", YamlScalar.Text(issuer)),
            ("audience", Texts(audience)),
            ("scopes", Texts(scopes)),
            ("identity_source", YamlScalar.Text(
                sources.Count > 0 ? Source(sources[0]) : "$request.header.Authorization")),
            ("validation", validation is { Length: > 0 } ? YamlScalar.Text(validation) : null));

    /// <summary>
    /// Returns a Cognito authorizer. The issuer contains the id of the user pool, which is the last part of the pool's
    /// ARN. The validation expression applies to <c>aud</c>.
    /// </summary>
    public static YamlMapping Cognito(
        IReadOnlyList<string> pools,
        IReadOnlyList<string> scopes,
        IReadOnlyList<string> sources,
        string? validation)
    {
        if (pools is [var arn, ..]
            && arn.Split(':') is [_, _, "cognito-idp", var region, _, var resource]
            && resource.StartsWith("userpool/", StringComparison.Ordinal))
            return Jwt(
                $"https://cognito-idp.{region}.amazonaws.com/{resource["userpool/".Length..]}",
                [],
                scopes,
                sources,
                validation);
        return Closed($"the user pool {(pools.Count > 0 ? pools[0] : "")} is not known here; "
            + $"give its ARN in {Values.GivenValues.FileName}");
    }

    /// <summary>
    /// Returns a Lambda authorizer. The route is closed if an identity source of the authorizer is in no request.
    /// </summary>
    public static YamlMapping Lambda(string? function, LambdaAuthorizerSettings settings)
    {
        if (function is null)
            return Closed("its authorizer calls no function on this machine");
        if (Missing(settings.IdentitySource) is { } missing)
            return missing;
        if (settings is { Kind: "REQUEST", IsHttp: false, Ttl: > 0, IdentitySource.Count: 0 })
            return Closed("its authorizer keeps answers, but has no identity source that tells callers apart");
        return settings is { SimpleResponses: true, Payload: "1.0" }
            ? Closed("its authorizer returns simple responses, which need payload 2.0")
            : YamlMapping.Of(
            ("type", YamlScalar.Text("lambda")),
            ("function", YamlScalar.Text(function)),
            ("kind", YamlScalar.Text(settings.Kind)),
            ("identity_source", Texts([.. settings.IdentitySource.Select(Source)])),
            ("ttl", YamlScalar.Number(settings.Ttl ?? 300)),
            ("payload", new YamlScalar(settings.Payload)),
            ("simple_responses", settings.SimpleResponses ? YamlScalar.Boolean(true) : null),
            ("validation", settings is { Kind: "TOKEN", Validation: { } pattern } ? YamlScalar.Text(pattern) : null));
    }

    // Before the caller is authenticated, some sources of the request context have no value on AWS either.
    private static YamlMapping? Missing(IReadOnlyList<string> sources) =>
        sources.FirstOrDefault(s => !IdentitySource.TryParse(s, out _)) is { } wrong
            ? Closed($"its authorizer asks for '{wrong}', which is not an identity source: "
                + "a name there consists of visible ASCII characters")
            : sources.FirstOrDefault(s => IdentitySource.TryParse(s, out var source)
                && source.Place == IdentityPlace.Context
                && !IdentitySource.ContextNames.Contains(source.Name)) is { } name
                ? Closed($"its authorizer asks for {Source(name)}, which no request has here")
                : null;

    /// <summary>The identity sources in a text: REST APIs separate them with commas.</summary>
    public static IEnumerable<string> Sources(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// Returns an identity source in the spelling of HTTP APIs: <c>method.request.header.X</c> becomes
    /// <c>$request.header.X</c>.
    /// </summary>
    public static string Source(string written)
    {
        var source = written.Trim();
        if (source.StartsWith("method.", StringComparison.Ordinal))
            source = source["method.".Length..];
        return source.StartsWith('$') ? source : "$" + source;
    }

    private static YamlSequence? Texts(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? null : YamlSequence.OfText(texts);
}
