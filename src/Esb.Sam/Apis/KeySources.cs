using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// REST APIs that take API keys from the answer of their authorizer. On AWS, the header <c>x-api-key</c> opens nothing
/// in such an API, so each of its routes that needs a key is closed. Source: API Gateway Developer Guide, "Choose an
/// API key source".
/// </summary>
internal static class KeySources
{
    private const string Reason = "its API takes API keys from its authorizer, which is not served";

    /// <summary>Whether API keys come from a source that is not served.</summary>
    /// <param name="written">The value of the property or of the definition's extension; may be null.</param>
    public static bool IsAuthorizer(YamlNode? written) =>
        written is not (null or YamlScalar { IsNull: true } or YamlScalar { Value: "HEADER" });

    /// <summary>
    /// Returns a route unchanged, or closed when it needs a key that its API does not take from the header.
    /// </summary>
    /// <param name="route">The route.</param>
    /// <param name="known">The APIs of all templates.</param>
    /// <param name="diagnostics">Receives a warning.</param>
    public static SamRoute Close(SamRoute route, IReadOnlyDictionary<string, Api> known, DiagnosticBag diagnostics)
    {
        if (route.Api is not { } id
            || !known.TryGetValue(id, out var api)
            || !api.TakesKeysFromAuthorizer
            || !NeedsKey(route.Authorizer))
            return route;
        diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{id}: {route.Method} {route.Path}: the route is closed: {Reason}",
            new YamlMapping([], route.Place),
            "write ApiKeySourceType: HEADER, and let clients send the key");
        return route with { Authorizer = AuthorizerForm.Closed(Reason) };
    }

    private static bool NeedsKey(YamlMapping? authorizer) =>
        AuthorizerForm.Parts(authorizer).NeedsKey || authorizer?["type"] is YamlScalar { Value: "api_key" };
}
