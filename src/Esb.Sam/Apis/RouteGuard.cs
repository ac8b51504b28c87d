using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Builds the guard of a route from an authorizer, scopes and keys, whether they are written in events and APIs of SAM,
/// in separate resources or in definitions. A guard that cannot be honoured closes the route.
/// </summary>
internal static class RouteGuard
{
    /// <summary>
    /// Closes a route whose authorizer has a validation expression although its kind has none on AWS.
    /// </summary>
    public static readonly YamlMapping NoExpression = AuthorizerForm.Closed(
        "its authorizer has a validation expression, which AWS has for TOKEN authorizers and user pools only");

    /// <summary>Makes the guard.</summary>
    /// <param name="authorizer">The authorizer, in the form of routing.yml; null for a route without one.</param>
    /// <param name="scopes">The scopes of the route; empty for those of the authorizer.</param>
    /// <param name="needsKey">Whether an API key is needed.</param>
    /// <returns>The guard, in the form of routing.yml; null when everybody may call.</returns>
    public static YamlMapping? Of(YamlMapping? authorizer, IReadOnlyList<string> scopes, bool needsKey)
    {
        var type = ResourceSet.Text(authorizer?["type"]);
        if (type is "unsupported")
            return authorizer;
        if (scopes.Count > 0 && type is not "jwt")
            return AuthorizerForm.Closed("it requires scopes, which no authorizer here checks");
        if (scopes.Count > 0)
            authorizer = authorizer!.With("scopes", YamlSequence.OfText(scopes));
        return (type, needsKey) switch
        {
            (null, true) => AuthorizerForm.ApiKey,
            (not null and not "api_key", true) => AuthorizerForm.WithKey(authorizer!),
            _ => authorizer,
        };
    }
}
