using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// What a route asks of its callers, from an authorizer, scopes and keys, wherever they are written: events and APIs of SAM, plain resources,
/// definitions. What is meant to guard and cannot be honoured closes the route.
/// </summary>
internal static class RouteGuard
{
    /// <summary>An expression where AWS has none.</summary>
    public static readonly YamlMapping NoExpression = AuthorizerForm.Unsupported("its authorizer has a validation expression, which AWS has for TOKEN authorizers and user pools only");

    /// <summary>Decides.</summary>
    /// <param name="authorizer">In the form of routing.yml; null when there is none.</param>
    /// <param name="scopes">Of the route; empty: those of the authorizer.</param>
    /// <param name="needsKey">Whether an API key is asked for.</param>
    /// <returns>In the form of routing.yml; null when everybody may call.</returns>
    public static YamlMapping? Of(YamlMapping? authorizer, IReadOnlyList<string> scopes, bool needsKey)
    {
        var type = ResourceSet.Text(authorizer?["type"]);
        if (type is "unsupported")
            return authorizer;
        if (scopes.Count > 0 && type is not "jwt")
            return AuthorizerForm.Unsupported("it asks for scopes, and no authorizer reads them");
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
