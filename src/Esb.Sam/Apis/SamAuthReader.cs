using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>Reads <c>Auth</c> of SAM's APIs. Source: AWS SAM Developer Guide, "ApiAuth" and "HttpApiAuth".</summary>
internal static class SamAuthReader
{
    private static readonly string[] IdentityKinds = ["Headers", "QueryStrings", "StageVariables", "Context"];

    public static ApiAuth Read(string subject, YamlNode? node, bool isHttp, DiagnosticBag diagnostics)
    {
        if (node is not YamlMapping auth)
        {
            if (node is not null and not YamlScalar { IsNull: true })
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"{subject}: 'Auth' must be a mapping, but is {node.Kind}", node);
            return ApiAuth.Open with { IsHttp = isHttp };
        }

        var reader = new MappingReader(auth, $"{subject}, Auth", diagnostics);
        AuthPolicy.Check(reader, "the routes are", diagnostics);
        var authorizers = new OrderedDictionary<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var (name, value) in reader.Nested("Authorizers")?.Mapping.Entries ?? [])
        {
            var own = $"{reader.Subject}, {name.Value}";
            if (value is YamlMapping settings)
                authorizers[name.Value] = Authorizer(
                    new MappingReader(settings, own, diagnostics), isHttp, diagnostics);
            else
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"{own}: an authorizer must be a mapping, but is {value.Kind}", value);
        }

        var defaultName =
            reader.Text("DefaultAuthorizer") is { } written ? PlainScalars.Among(authorizers.Keys, written) : null;
        if (defaultName is not null and not "AWS_IAM" && !authorizers.ContainsKey(defaultName))
            diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"{reader.Subject}: there is no authorizer '{defaultName}'",
                auth["DefaultAuthorizer"],
                defaultName == "NONE"
                    ? "leave it out; to do without the one of Globals, write IgnoreGlobals: [Auth] beside Properties"
                    : Receipts.NearMiss.Help(defaultName, authorizers.Keys));
        return new ApiAuth(authorizers, defaultName, reader.Boolean("ApiKeyRequired") ?? false)
        {
            IsHttp = isHttp,
            GuardsPreflights = !isHttp && (reader.Boolean("AddDefaultAuthorizerToCorsPreflight") ?? true),
            KeyGuardsPreflights = reader.Boolean("AddApiKeyRequiredToCorsPreflight") ?? true,
            Closed = AuthPolicy.ReasonOf(reader),
        };
    }

    private static YamlMapping Authorizer(MappingReader settings, bool isHttp, DiagnosticBag diagnostics) =>
        isHttp ? OfHttpApi(settings, diagnostics) : OfRestApi(settings, diagnostics);

    private static YamlMapping OfRestApi(MappingReader authorizer, DiagnosticBag diagnostics)
    {
        var identity = authorizer.Nested("Identity");
        var header = $"$request.header.{identity?.Text("Header") ?? "Authorization"}";
        if (authorizer.Mapping.Contains("UserPoolArn") && authorizer.Mapping.Contains("FunctionArn"))
            return AuthorizerForm.Closed("its authorizer names a user pool and a function");
        if (authorizer.Mapping.Contains("UserPoolArn"))
            return AuthorizerForm.Cognito(
                Pools(authorizer, diagnostics),
                authorizer.TextList("AuthorizationScopes"),
                [header],
                identity?.Text("ValidationExpression"));
        if (!authorizer.Mapping.Contains("FunctionArn"))
            return Missing(authorizer, "UserPoolArn or FunctionArn", diagnostics);
        var kind = authorizer.Text("FunctionPayloadType") ?? "TOKEN";
        if (HasScopes(authorizer) is { } closed)
            return closed;
        if (kind == "REQUEST" && identity?.Text("ValidationExpression") is not null)
            return RouteGuard.NoExpression;
        if (kind == "REQUEST" && Sources(identity).Count == 0 && identity?.Integer("ReauthorizeEvery", 0, 3600) != 0)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{authorizer.Subject}: its Identity names no part of the request",
                authorizer.Mapping,
                "name at least one of Headers, QueryStrings, StageVariables or Context, or write ReauthorizeEvery: 0");
        return AuthorizerForm.Lambda(
            LambdaTarget.NameOf(authorizer.Mapping["FunctionArn"]),
            new LambdaAuthorizerSettings(
                kind,
                kind == "REQUEST" ? Sources(identity) : [header],
                identity?.Integer("ReauthorizeEvery", 0, 3600),
                "1.0",
                SimpleResponses: false,
                identity?.Text("ValidationExpression")));
    }

    private static YamlMapping OfHttpApi(MappingReader authorizer, DiagnosticBag diagnostics)
    {
        CheckForm(authorizer, diagnostics);
        if (authorizer.Nested("JwtConfiguration") is { } jwt)
        {
            if (authorizer.Mapping.Contains("FunctionArn"))
                return AuthorizerForm.Closed("its authorizer names an issuer of tokens and a function");
            var lower = jwt.Mapping.Contains("issuer");
            return jwt.RequiredText(lower ? "issuer" : "Issuer", "the URL of the issuer of the tokens") is { } issuer
                ? AuthorizerForm.Jwt(
                    issuer,
                    JwtAudience.Of(jwt, diagnostics),
                    authorizer.TextList("AuthorizationScopes"),
                    [.. AuthorizerForm.Sources(authorizer.Text("IdentitySource") ?? "")])
                : AuthorizerForm.Closed("its issuer is missing");
        }

        if (!authorizer.Mapping.Contains("FunctionArn"))
            return Missing(authorizer, "JwtConfiguration or FunctionArn", diagnostics);
        if (HasScopes(authorizer) is { } closed)
            return closed;
        var identity = authorizer.Nested("Identity");
        if (identity?.Text("ValidationExpression") is not null)
            return RouteGuard.NoExpression;
        return AuthorizerForm.Lambda(
            LambdaTarget.NameOf(authorizer.Mapping["FunctionArn"]),
            new LambdaAuthorizerSettings(
                "REQUEST",
                Sources(identity),
                identity?.Integer("ReauthorizeEvery", 0, 3600),
                authorizer.Text("AuthorizerPayloadFormatVersion") ?? "2.0",
                authorizer.Boolean("EnableSimpleResponses") ?? false,
                null)
            { IsHttp = true });
    }

    // SAM refuses an authorizer without these settings, and one with settings of the other kind.
    private static void CheckForm(MappingReader authorizer, DiagnosticBag diagnostics)
    {
        var isJwt = authorizer.Mapping.Contains("JwtConfiguration");
        // An authorizer with both closes the routes that use it.
        if (isJwt && authorizer.Mapping.Contains("FunctionArn"))
            return;
        if (isJwt)
            authorizer.RequiredText("IdentitySource", "where the token is, for example $request.header.Authorization");
        else if (authorizer.Mapping.Contains("FunctionArn"))
            authorizer.RequiredText("AuthorizerPayloadFormatVersion", "1.0 or 2.0");
        string[] others = isJwt
            ? [
                "Identity", "AuthorizerPayloadFormatVersion", "EnableSimpleResponses", "FunctionInvokeRole",
                "EnableFunctionDefaultPermissions",
            ]
            : ["IdentitySource"];
        foreach (var name in others.Where(n => authorizer.Mapping[n] is not null and not YamlScalar { IsNull: true }))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{authorizer.Subject}: '{name}' cannot be combined with "
                    + $"{(isJwt ? "JwtConfiguration" : "FunctionArn")}",
                authorizer.Mapping.KeyNode(name),
                isJwt ? "it belongs to an authorizer that is a function" : "name parts of the request in Identity");
    }

    // A function receives no scopes, so nothing would check them.
    private static YamlMapping? HasScopes(MappingReader authorizer) =>
        authorizer.TextList("AuthorizationScopes").Count == 0
            ? null
            : AuthorizerForm.Closed("it requires scopes, which no authorizer here checks");

    // Only tokens of the first pool are accepted. This restricts access and opens nothing.
    private static IReadOnlyList<string> Pools(MappingReader authorizer, DiagnosticBag diagnostics)
    {
        var pools = authorizer.TextList("UserPoolArn");
        if (pools.Count > 1)
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{authorizer.Subject}: only tokens of the first of {pools.Count} user pools are accepted",
                authorizer.Mapping["UserPoolArn"]);
        return pools;
    }

    private static List<string> Sources(MappingReader? identity)
    {
        List<string> sources = [];
        foreach (var kind in IdentityKinds)
        {
            var prefix = kind switch
            {
                "Headers" => "$request.header.",
                "QueryStrings" => "$request.querystring.",
                "StageVariables" => "$stageVariables.",
                _ => "$context.",
            };
            sources.AddRange(identity?.TextList(kind).Select(n => prefix + n) ?? []);
        }

        return sources;
    }

    private static YamlMapping Missing(MappingReader authorizer, string what, DiagnosticBag diagnostics)
    {
        diagnostics.Error(DiagnosticCodes.MissingKey, $"{authorizer.Subject}: {what} is missing", authorizer.Mapping);
        return AuthorizerForm.Closed("it says neither who issues tokens nor which function decides");
    }
}
