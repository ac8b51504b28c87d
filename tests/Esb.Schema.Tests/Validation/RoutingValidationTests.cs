using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Validation;

internal sealed class RoutingValidationTests
{
    [Test]
    public async Task A_key_source_with_a_NUL_is_read_like_any_other_text()
    {
        var file = RoutingFile.Read(
            (YamlMapping)YamlReader.Read(
                "routes: [{ path: /a, function: f, authorizer: { type: jwt, issuer: 'https://id/', audience: [a], "
                    + "jwks_uri: \"k\\0\" } }]\n", "t.yml", [])!, []);
        await Assert.That(((JwtAuthorizer)file.Routes.Single().Authorizer!).KeySource).IsEqualTo("k\0");
    }

    [Test]
    public async Task Every_kind_of_authorizer_is_read_with_all_its_keys()
    {
        var file = Read(
            """
            routes:
              - { path: /none, function: f, authorizer: { type: none } }
              - { path: /jwt, function: f, payload: "2.0", authorizer: {
                  type: jwt, issuer: https://id/, audience: [a, b], jwks_uri: keys.json, scopes: read,
                  identity_source: $request.querystring.token } }
              - { path: /lambda, function: f, authorizer: { type: lambda, function: guard, kind: TOKEN,
                  identity_source: [method.request.header.X], ttl: 60, payload: "1.0", simple_responses: true,
                  validation: "a+" } }
              - { path: /request, function: f, authorizer: { type: lambda, function: guard,
                  identity_source: "$request.header.A, $context.routeKey,$stageVariables.s" } }
              - { path: /key, function: f, authorizer: { type: api_key } }
              - { path: /iam, function: f, authorizer: { type: iam } }
              - { path: /why, function: f, authorizer: { type: unsupported, reason: because } }
              - { path: /future, function: f, authorizer: { type: passkey } }
            """,
            out var errors);
        await Assert.That(errors).IsEqualTo("");
        var routes = file.Routes.ToDictionary(r => r.Path);
        await Assert.That((routes["/none"].Authorizer, routes["/none"].Closed)).IsEqualTo((null, null));
        var jwt = (JwtAuthorizer)routes["/jwt"].Authorizer!;
        await Assert.That(
            (jwt.Issuer, string.Join(' ', jwt.Audience), string.Join(' ', jwt.Scopes), jwt.IdentitySource))
            .IsEqualTo(("https://id/", "a b", "read", new IdentitySource(IdentityPlace.Query, "token")));
        await Assert.That(jwt.KeySource).IsEqualTo(Path.GetFullPath("keys.json"));
        var lambda = (LambdaAuthorizer)routes["/lambda"].Authorizer!;
        await Assert.That(
            (lambda.Function, lambda.TokenOnly, lambda.Ttl, lambda.Payload, lambda.SimpleResponses, lambda.Validation))
            .IsEqualTo(("guard", true, 60, "1.0", true, "a+"));
        await Assert.That(string.Join(
            ' ', ((LambdaAuthorizer)routes["/request"].Authorizer!).IdentitySources.Select(s => $"{s.Place}:{s.Name}")))
            .IsEqualTo("Header:A Context:routeKey StageVariable:s");
        await Assert.That((routes["/key"].ApiKeyRequired, routes["/key"].Closed)).IsEqualTo((true, null));
        await Assert.That(routes["/why"].Closed).IsEqualTo("because");
        await Assert.That(routes["/iam"].Closed is not null && routes["/future"].Closed is not null).IsTrue();
    }

    [Test]
    public async Task API_keys_are_read_with_their_usage_plan_and_their_value_is_never_printed()
    {
        var file = Read(
            """
            api_keys:
              - { name: partner, value: secret, rate: 2.5, burst: 10, quota: { limit: 1000, period: MONTH },
                  apis: [shop] }
              - { name: other, value_env: OTHER_KEY }
            """,
            out var errors);
        await Assert.That(errors).IsEqualTo("");
        var key = file.ApiKeys[0];
        await Assert.That((key.Value, key.Rate, key.Burst, key.Quota, key.Apis!.Single()))
            .IsEqualTo(("secret", 2.5, 10, new ApiKeyQuota(1000, QuotaPeriod.Month), new OpenedApi("shop")));
        await Assert.That(file.ApiKeys[1].ValueVariable).IsEqualTo("OTHER_KEY");
        await Assert.That(key.ToString()).DoesNotContain("secret");
    }

    [Test]
    [Arguments("", "A/dev A/Prod B/dev -/Prod")]
    [Arguments("apis: []", "")]
    [Arguments("apis: ", "")]
    [Arguments("apis: ~", "")]
    [Arguments("apis: A", "A/dev A/Prod")]
    [Arguments("apis: [A]", "A/dev A/Prod")]
    [Arguments("apis: [{ api: A }]", "A/dev A/Prod")]
    [Arguments("apis: [{ api: A, stage: dev }]", "A/dev")]
    [Arguments("apis: [{ api: A, stage: dev }, B]", "A/dev B/dev")]
    [Arguments("apis: [A, { api: B, stage: Prod }]", "A/dev A/Prod")]
    [Arguments("apis: [], enabled: true", "")]
    [Arguments("enabled: true", "A/dev A/Prod B/dev -/Prod")]
    [Arguments("enabled: false", "")]
    [Arguments("enabled: 'false'", "")]
    [Arguments("enabled: ", "")]
    [Arguments("apis: [A], enabled: false", "")]
    [Arguments("quota: { limit: 1, ofset: 3 }", "")]
    [Arguments("quota: { limit: 1, offset: 3 }", "A/dev A/Prod B/dev -/Prod")]
    [Arguments("apis: [{ api: A, stages: [dev] }]", "")]
    [Arguments("disabled: true", "")]
    [Arguments("expires: 2001-01-01", "")]
    [Arguments("valid_until: 2001-01-01", "")]
    [Arguments("stages: [dev]", "")]
    [Arguments("throttle: { rate: 1 }", "")]
    [Arguments("ip: 10.0.0.1", "")]
    [Arguments("description: of the partner", "")]
    [Arguments("burst: 1", "")]
    [Arguments("rate: 1, burst: 1, x-owner: me", "A/dev A/Prod B/dev -/Prod")]
    public async Task A_key_opens_the_APIs_and_stages_that_it_names_or_all_without_a_list_or_none_with_an_empty_one(
        string said,
        string expected)
    {
        var key = Read($"api_keys:\n  - {{ name: k, value: s, {said} }}\n", out _).ApiKeys.Single();
        (RouteApi Api, string Stage)[] routes =
        [
            (new() { Name = "A" }, "dev"), (new() { Name = "A" }, "Prod"), (new() { Name = "B" }, "dev"),
            (RouteApi.Unnamed, "Prod"),
        ];
        await Assert.That(string.Join(' ', routes.Where(r => key.Opens(r.Api, r.Stage))
            .Select(r => $"{r.Api.Name ?? "-"}/{r.Stage}"))).IsEqualTo(expected);
    }

    [Test]
    public async Task The_API_of_a_route_is_read_and_a_function_URL_has_its_own_root()
    {
        var file = Read(
            """
            routes:
              - { path: /v1/a, function: f, api: shop, stage: live, stage_variables: { n: 7 }, base_path: /v1/,
                  binary_media_types: [image~1png] }
              - { path: "/_url/f/{proxy+}", function: f, payload: "2.0", function_url: true }
              - { path: /plain, function: f }
            """,
            out var errors);
        await Assert.That(errors).IsEqualTo("");
        var api = file.Routes[0].Api;
        await Assert.That((api.Name, api.Stage, api.StageVariables["n"], api.BasePath, api.BinaryMediaTypes![0]))
            .IsEqualTo(("shop", "live", "7", "/v1", "image/png"));
        await Assert.That((file.Routes[1].Api.IsFunctionUrl, file.Routes[1].Api.BasePath)).IsEqualTo((true, "/_url/f"));
        await Assert.That(file.Routes[2].Api).IsSameReferenceAs(RouteApi.Unnamed);
    }

    [Test]
    [Arguments("authorizer: { type: jwt }", "routing.yml:2:42: error: route '/a', authorizer: 'issuer' is missing")]
    [Arguments(
        "authorizer: { type: lambda }", "routing.yml:2:42: error: route '/a', authorizer: 'function' is missing")]
    [Arguments(
        "authorizer: { type: lambda, function: a/b }",
        "routing.yml:2:68: error: route '/a', authorizer: 'a/b' is not a function name")]
    [Arguments(
        "authorizer: { type: lambda, function: g, kind: BOTH }",
        "routing.yml:2:77: error: route '/a', authorizer: 'kind' is 'BOTH'; allowed: TOKEN or REQUEST")]
    [Arguments(
        "authorizer: { type: lambda, function: g, ttl: 3601 }",
        "routing.yml:2:76: error: route '/a', authorizer: 'ttl' is '3601'")]
    [Arguments(
        "authorizer: { type: lambda, function: g, payload: 3 }",
        "routing.yml:2:80: error: route '/a', authorizer: 'payload' is '3'")]
    [Arguments(
        "authorizer: { type: lambda, function: g, identity_source: X-Token }",
        "routing.yml:2:88: error: route '/a', authorizer: 'X-Token' is not an identity source")]
    [Arguments(
        "authorizer: { type: lambda, function: g, identity_source: $context.nothing }",
        "routing.yml:2:88: warning: route '/a', authorizer admits nobody: the request context has no 'nothing' here")]
    [Arguments(
        "authorizer: { type: lambda, kind: TOKEN, function: g, validation: '(' }",
        "routing.yml:2:96: error: route '/a', authorizer: 'validation' cannot be used")]
    [Arguments(
        "base_path: v2",
        "routing.yml:2:41: error: route '/a': 'base_path' is 'v2'; it must be the beginning of the path")]
    [Arguments("function_url: true", "routing.yml:2:44: error: route '/a': a function URL needs payload \"2.0\"")]
    [Arguments("stage_variables: [a]", "routing.yml:2:47: error: route '/a': 'stage_variables' must be a mapping")]
    public async Task An_error_in_a_route_is_reported_with_its_place(string key, string expected)
    {
        Read($"routes:\n  - {{ path: /a, function: f, {key} }}\n", out var errors);
        await Assert.That(errors).StartsWith(expected);
    }

    [Test]
    [Arguments("{ value: s }", "'name' is missing")]
    [Arguments("{ name: k }", "API key 'k': exactly one of 'value' and 'value_env' must be given")]
    [Arguments(
        "{ name: k, value: s, value_env: V }", "API key 'k': exactly one of 'value' and 'value_env' must be given")]
    [Arguments("{ name: k, value: s, rate: 0 }", "API key 'k': 'rate' is '0'")]
    [Arguments("{ name: k, value: s, rate: fast }", "API key 'k': 'rate' is 'fast'")]
    [Arguments("{ name: k, value: s, burst: 0 }", "API key 'k': 'burst' is '0'")]
    [Arguments("{ name: k, value: s, quota: { period: DAY } }", "'limit' is missing")]
    [Arguments(
        "{ name: k, value: s, quota: { limit: 1, period: YEAR } }",
        "'period' is 'YEAR'; allowed: DAY, WEEK or MONTH")]
    [Arguments(
        "{ name: k, value: s, quota: { limit: 1, period: 2 } }", "'period' is '2'; allowed: DAY, WEEK or MONTH")]
    [Arguments(
        "{ name: k, value: s, enabled: perhaps }", "API key 'k': 'enabled' is 'perhaps'; allowed: true or false")]
    [Arguments("{ name: k, value: s, apis: [[a]] }", "API key 'k': 'apis' must be a list of text, but is a list")]
    [Arguments("{ name: k, value: s, apis: { api: a } }", "API key 'k': 'apis' must be a list")]
    [Arguments("{ name: k, value: s, apis: [{ stage: a }] }", "API key 'k', apis: 'api' is missing")]
    [Arguments("{ name: k, value: s, apis: [{ api: a, stage: }] }", "API key 'k', apis: 'stage' is missing")]
    public async Task An_error_in_an_API_key_is_reported_with_its_place_and_without_the_key(string key, string expected)
    {
        Read($"api_keys:\n  - {key}\n", out var errors);
        await Assert.That(errors).Contains(expected);
        await Assert.That(errors).StartsWith("routing.yml:2:");
    }

    private static RoutingFile Read(string text, out string errors)
    {
        var diagnostics = new DiagnosticBag();
        var file = RoutingFile.Read((YamlMapping)YamlReader.Read(text, "routing.yml", diagnostics)!, diagnostics);
        errors = string.Join('\n', diagnostics);
        return file;
    }
}
