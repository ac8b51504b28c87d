using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// What <c>Auth</c> of APIs and events may say. A key that is misspelt there would leave a route open, so an unknown one is an error, as for
/// SAM. Source: AWS SAM Developer Guide, "ApiAuth", "HttpApiAuth", "ApiFunctionAuth", "HttpApiFunctionAuth" and the authorizer objects.
/// </summary>
internal static class AuthKeys
{
    private const string Policy = "ResourcePolicy";

    private static readonly string[] OfRestApi =
        "AddApiKeyRequiredToCorsPreflight AddDefaultAuthorizerToCorsPreflight ApiKeyRequired Authorizers DefaultAuthorizer InvokeRole ResourcePolicy UsagePlan".Split(' ');

    private static readonly string[] OfHttpApi = "Authorizers DefaultAuthorizer EnableIamAuthorizer".Split(' ');

    private static readonly string[] OfEvent = "ApiKeyRequired AuthorizationScopes Authorizer InvokeRole OverrideApiAuth ResourcePolicy".Split(' ');

    private static readonly string[] OfRestAuthorizer =
        "AuthorizationScopes DisableFunctionDefaultPermissions FunctionArn FunctionInvokeRole FunctionPayloadType Identity UserPoolArn".Split(' ');

    private static readonly string[] OfHttpAuthorizer =
        "AuthorizationScopes AuthorizerPayloadFormatVersion EnableFunctionDefaultPermissions EnableSimpleResponses FunctionArn FunctionInvokeRole Identity IdentitySource JwtConfiguration".Split(' ');

    public static void CheckApi(MappingReader auth, bool isHttp, DiagnosticBag diagnostics)
    {
        Check(auth, isHttp ? OfHttpApi : OfRestApi, diagnostics);
        if (PolicyOf(auth) is { } reason)
            diagnostics.Warning(DiagnosticCodes.NotSupported, $"{auth.Subject}: the routes are closed: {reason}", auth.Mapping.KeyNode(Policy), "leave it out, and let an authorizer or a firewall say who may call");
    }

    public static void CheckEvent(MappingReader auth, DiagnosticBag diagnostics)
    {
        Check(auth, OfEvent, diagnostics);
        if (PolicyOf(auth) is { } reason)
            diagnostics.Warning(DiagnosticCodes.NotSupported, $"{auth.Subject}: the route is closed: {reason}", auth.Mapping.KeyNode(Policy), "leave it out, and let an authorizer or a firewall say who may call");
    }

    public static void CheckAuthorizer(MappingReader authorizer, bool isHttp, DiagnosticBag diagnostics) => Check(authorizer, isHttp ? OfHttpAuthorizer : OfRestAuthorizer, diagnostics);

    /// <summary>Why nobody may call what has a policy of addresses and accounts; null when it has none.</summary>
    public static string? PolicyOf(MappingReader? auth) =>
        auth?.Mapping[Policy] is null or YamlScalar { IsNull: true }
            ? null
            : "it has a resource policy, which cannot be checked here";

    private static void Check(MappingReader reader, string[] known, DiagnosticBag diagnostics)
    {
        foreach (var (key, _) in reader.Mapping.Entries.Where(e => !known.Contains(e.Key.Value)))
            diagnostics.Error(DiagnosticCodes.UnknownKey, $"{reader.Subject}: unknown property '{key.Value}'", key, NearMiss.Help(key.Value, known) ?? "what it was to guard would be open");
    }
}
