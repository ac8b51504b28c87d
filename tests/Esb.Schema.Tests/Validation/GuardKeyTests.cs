using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Validation;

/// <summary>Unread keys in files that people write by hand.</summary>
internal sealed class GuardKeyTests
{
    [Test]
    [Arguments("authoriser: { type: api_key }", "route '/a' is closed: its key 'authoriser' may be meant to guard it, "
        + "but is not read; did you mean 'authorizer'?")]
    [Arguments("api_key_requird: true", "route '/a' is closed: its key 'api_key_requird' may be meant to guard it, "
        + "but is not read; did you mean 'api_key_required'?")]
    [Arguments("Authorizer: { type: api_key }", "did you mean 'authorizer'?")]
    [Arguments("authorizers: [{ type: api_key }]", "did you mean 'authorizer'?")]
    [Arguments("apiKeyRequired: true", "its key 'apiKeyRequired' may be meant to guard it")]
    [Arguments("auth: { type: jwt }", "its key 'auth' may be meant to guard it")]
    [Arguments("authorization: AWS_IAM", "its key 'authorization' may be meant to guard it")]
    [Arguments("api_key: secret", "its key 'api_key' may be meant to guard it")]
    [Arguments("security: [a]", "its key 'security' may be meant to guard it")]
    [Arguments("securty: [a]", "its key 'securty' may be meant to guard it")]
    [Arguments("jwt: { issuer: a }", "its key 'jwt' may be meant to guard it")]
    [Arguments("iam: true", "its key 'iam' may be meant to guard it")]
    [Arguments("require_key: true", "its key 'require_key' may be meant to guard it")]
    [Arguments("resource_policy: {}", "its key 'resource_policy' may be meant to guard it")]
    [Arguments("policy: {}", "its key 'policy' may be meant to guard it")]
    [Arguments("cognito: pool", "its key 'cognito' may be meant to guard it")]
    [Arguments("mtls: true", "its key 'mtls' may be meant to guard it")]
    [Arguments("usage_plan: a", "its key 'usage_plan' may be meant to guard it")]
    [Arguments("protected: true", "its key 'protected' may be meant to guard it")]
    [Arguments("roles: [a]", "its key 'roles' may be meant to guard it")]
    [Arguments("allow: [a]", "its key 'allow' may be meant to guard it")]
    [Arguments("deny: [a]", "its key 'deny' may be meant to guard it")]
    [Arguments("ip_allowlist: [a]", "its key 'ip_allowlist' may be meant to guard it")]
    [Arguments("issuer: 'https://id/'", "its key 'issuer' may be meant to guard it")]
    [Arguments("authorizer: , type: api_key", "its key 'type' may be meant to guard it")]
    [Arguments("authorizer: { type: jwt, issuer: 'https://id/', scope: read }", "route '/a', authorizer is "
        + "closed: its key 'scope' may be meant to guard it, but is not read; did you mean 'scopes'?")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', kind: TOKEN }", "its key 'kind' may be meant to guard it")]
    [Arguments("authorizer: { type: lambda, function: g, scopes: [a] }", "its key 'scopes' may be meant to guard it")]
    [Arguments("authorizer: { type: none, scopes: [a] }", "its key 'scopes' may be meant to guard it")]
    [Arguments("authorizer: { type: none, issuer: 'https://id/' }", "its key 'issuer' may be meant to guard it")]
    [Arguments("authorizer: { type: api_key, apis: [a] }", "its key 'apis' may be meant to guard it")]
    [Arguments("authorizer: { type: none, issuer: 'https://id/' }", "its key 'issuer' may be meant to guard it")]
    [Arguments(
        "authorizer: { type: lambda, function: g, validation: a }",
        "route '/a', authorizer is closed: its 'validation' is for kind TOKEN only")]
    [Arguments("enabled: false", "its key 'enabled' may be meant to guard it")]
    [Arguments("state: DISABLED", "its key 'state' may be meant to guard it")]
    [Arguments("cidr: 10.0.0.0/8", "its key 'cidr' may be meant to guard it")]
    [Arguments("owner: team", "t.yml:2:30: warning: route '/a' is closed: its key 'owner' may be meant to guard it, "
        + "but is not read; correct it; a key that is only a note begins with x-")]
    [Arguments("timeout: 3", "its key 'timeout' may be meant to guard it")]
    [Arguments("binary_media_type: [a/b]", "did you mean 'binary_media_types'?")]
    [Arguments(
        "x_authorizer: { type: api_key }",
        "route '/a' is closed: its key 'x_authorizer' may be meant to guard it, but is not read; "
            + "write the guard without 'x-', or give the note another name")]
    [Arguments("x-authorizer: { type: api_key }", "its key 'x-authorizer' may be meant to guard it")]
    [Arguments("X_Authoriser: later", "its key 'X_Authoriser' may be meant to guard it")]
    [Arguments("x-authorizers: [a]", "its key 'x-authorizers' may be meant to guard it")]
    [Arguments("x_api_key_required: true", "its key 'x_api_key_required' may be meant to guard it")]
    [Arguments("x-apiKeyRequird: true", "its key 'x-apiKeyRequird' may be meant to guard it")]
    [Arguments("x_api_key: true", "its key 'x_api_key' may be meant to guard it")]
    [Arguments("x-auth: jwt", "its key 'x-auth' may be meant to guard it")]
    [Arguments("x_security: [a]", "its key 'x_security' may be meant to guard it")]
    [Arguments("x_scopes: [a]", "its key 'x_scopes' may be meant to guard it")]
    [Arguments("x-identity-source: [a]", "its key 'x-identity-source' may be meant to guard it")]
    [Arguments(
        "x-amazon-apigateway-auth: { type: AWS_IAM }",
        "its key 'x-amazon-apigateway-auth' may be meant to guard it")]
    [Arguments("x-authorizer-type: jwt", "its key 'x-authorizer-type' may be meant to guard it")]
    [Arguments("x-jwt-authorizer: { type: jwt }", "its key 'x-jwt-authorizer' may be meant to guard it")]
    [Arguments("x-authentication: jwt", "its key 'x-authentication' may be meant to guard it")]
    [Arguments("x-enabled: false", "its key 'x-enabled' may be meant to guard it")]
    [Arguments("x_resource_policy: {}", "its key 'x_resource_policy' may be meant to guard it")]
    [Arguments("x-mutual-tls: true", "its key 'x-mutual-tls' may be meant to guard it")]
    [Arguments("x-throttling: 5", "its key 'x-throttling' may be meant to guard it")]
    [Arguments("authorizer: { type: none, x-type: jwt }", "its key 'x-type' may be meant to guard it")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', x_audience: [a] }",
        "route '/a', authorizer is closed: its key 'x_audience' may be meant to guard it")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', x-validation: a }",
        "its key 'x-validation' may be meant to guard it")]
    [Arguments(
        "cors: { allow_origin: a }",
        "route '/a', cors is closed: its key 'allow_origin' may be meant to guard it, but is not read; "
            + "did you mean 'allow_origins'?")]
    public async Task A_key_that_may_be_a_misspelt_guard_closes_its_route_and_is_reported(string key, string expected)
    {
        var (file, said) = Read($"routes:\n  - {{ path: /a, function: f, {key} }}\n");
        await Assert.That(file.Routes.Single().Closed).IsNotNull();
        await Assert.That(said.Single().Severity).IsEqualTo(Severity.Warning);
        await Assert.That(said.Single().ToString()).StartsWith("t.yml:2:").And.Contains(expected);
    }

    [Test]
    [Arguments("x-author: kim", "")]
    [Arguments("x-issue: 12", "")]
    [Arguments("x-security-contact: kim", "")]
    [Arguments("x-authors: [kim]", "")]
    [Arguments("X_owner: team", "")]
    [Arguments("invoke_mode: BUFFERED", "")]
    [Arguments("authorizer: { type: jwt, issuer: 'https://id/', x-note: a }", "")]
    [Arguments("authorizer: { type: none }", "")]
    [Arguments("authorizer: { type: lambda, kind: TOKEN, function: g, validation: a }", "")]
    public async Task A_note_and_a_key_that_is_read_do_not_close_the_route(string key, string expected)
    {
        var (file, said) = Read($"routes:\n  - {{ path: /a, function: f, {key} }}\n");
        await Assert.That(file.Routes.Single().Closed).IsNull();
        await Assert.That(string.Join('\n', said)).Contains(expected);
        await Assert.That(said.Count).IsEqualTo(expected.Length == 0 ? 0 : 1);
    }

    [Test]
    [Arguments(
        "{ path: /a, mock: { Status: 403 } }",
        "route '/a', mock is closed: its key 'Status' may be meant to guard it, but is not read; "
            + "did you mean 'status'?")]
    [Arguments(
        "{ path: /a, http_proxy: { uri: 'https://h/', methods: [GET] } }",
        "route '/a', http_proxy is closed: its key 'methods'")]
    [Arguments("{ path: /a, function: { container: f, auth: jwt } }", "route '/a', function is closed: its key 'auth'")]
    public async Task An_unread_key_in_a_part_of_a_route_closes_it(string route, string expected)
    {
        var (file, said) = Read($"routes:\n  - {route}\n");
        await Assert.That(file.Routes.Single().Closed).IsNotNull();
        await Assert.That(string.Join('\n', said)).Contains(expected);
    }

    [Test]
    [Arguments("authorizer: { type: jwt }")]
    [Arguments("security: [a]")]
    [Arguments("defaults: { authorizer: { type: api_key } }")]
    [Arguments("apis: { A: { authorizer: { type: api_key } } }")]
    [Arguments("api_key_required: true")]
    public async Task A_guard_that_is_written_once_for_all_routes_is_an_error(string key)
    {
        var (_, said) = Read($"{key}\nroutes:\n  - {{ path: /a, function: f }}\n");
        await Assert.That(said.Where(d => d.Severity == Severity.Error).Select(d => d.Message).First())
            .Contains("would guard no route, because it is not read")
            .Or.Contains("is not read");
    }

    [Test]
    public async Task An_API_key_with_a_misspelt_limit_opens_nothing_and_a_note_in_it_has_no_effect()
    {
        var (file, said) = Read(
            """
            api_keys:
              - { name: a, value: s1, api: [shop] }
              - { name: b, value: s2, quotas: { limit: 1 } }
              - { name: c, value: s3, comment: x }
              - { name: d, value: s4, burst: 1 }
              - { name: e, value: s5, rate: 1, burst: 1, x-comment: x }
              - { name: f, value: s6, x-enabled: false }
              - { name: g, value: s7, x_quota: { limit: 1, period: DAY } }
            """);
        await Assert.That(string.Join(' ', file.ApiKeys.Where(k => k.Enabled).Select(k => k.Name))).IsEqualTo("e");
        await Assert.That(string.Join('\n', said)).Contains(
            "API key 'a' opens nothing: its key 'api' may be a limit, but is not read; did you mean 'apis'?")
            .And.Contains("API key 'b' opens nothing").And.Contains("API key 'c' opens nothing: "
                + "its key 'comment' may be a limit, but is not read; a key that is only a note begins with x-")
            .And.Contains("API key 'f' opens nothing: its key 'x-enabled'")
            .And.Contains("API key 'g' opens nothing: its key 'x_quota'")
            .And.Contains("API key 'd' opens nothing: its 'burst' has no effect without a 'rate'");
    }

    [Test]
    [Arguments("authorizer: { type: jwt }", "authorizer")]
    [Arguments("authorizer: ", "authorizer")]
    [Arguments("authorizers: { a: { type: jwt } }", "authorizers")]
    [Arguments("security: [{ a: [] }]", "security")]
    [Arguments("api_key_required: true", "api_key_required")]
    [Arguments("jwt: { issuer: 'https://id/' }", "jwt")]
    [Arguments("roles: [a]", "roles")]
    [Arguments("defaults: { authorizer: { type: api_key } }", "defaults")]
    [Arguments("defaults: { api_key_required: true }", "defaults")]
    [Arguments("apis: { A: { authorizer: { type: jwt } } }", "apis")]
    [Arguments("apis: [{ name: A, security: [] }]", "apis")]
    [Arguments("globals: { api: { auth: { api_key_required: true } } }", "globals")]
    [Arguments("x-authorizer: { type: jwt }", "x-authorizer")]
    [Arguments("x_api_key_required: true", "x_api_key_required")]
    [Arguments("defaults: { x-authorizer: later }", "defaults")]
    public async Task A_guard_at_the_top_for_all_routes_is_an_error_of_the_file(string text, string key)
    {
        var (_, said) = Read($"{text}\nroutes:\n  - {{ path: /a, function: f }}\n");
        await Assert.That(said.Single(d => d.Severity == Severity.Error).ToString())
            .IsEqualTo($"t.yml:1:1: error: routing.yml: '{key}' would guard no route, because it is not read; "
                + "write the guard in each of its routes; a key that is only a note begins with x-");
    }

    [Test]
    [Arguments("x-shared: { authorizer: { type: jwt } }")]
    [Arguments("version: 1")]
    [Arguments("defaults: { payload: '2.0' }")]
    [Arguments("defaults: { x-owner: later }")]
    [Arguments("owner: me")]
    [Arguments("author: me")]
    public async Task Any_other_key_at_the_top_is_kept(string text)
    {
        var (file, said) = Read($"{text}\nroutes:\n  - {{ path: /a, function: f }}\n");
        await Assert.That((file.Routes.Single().Closed, said.Any(d => d.Severity == Severity.Error)))
            .IsEqualTo((null, false));
    }

    [Test]
    [Arguments("x-authorizer: &key { type: api_key }")]
    [Arguments("x-authorizers: { key: &key { type: api_key } }")]
    public async Task A_guard_at_the_top_is_a_note_if_the_routes_repeat_it(string text)
    {
        var (file, said) = Read($"{text}\nroutes:\n  - {{ path: /a, function: f, authorizer: *key }}\n");
        await Assert.That((file.Routes.Single().ApiKeyRequired, said.Any(d => d.Severity == Severity.Error)))
            .IsEqualTo((true, false));
    }

    [Test]
    public async Task An_unread_key_survives_a_deploy_of_another_route()
    {
        var before = Documents.Parse(
            "routes:\n  - { path: /a, function: f, authoriser: { type: api_key }, x-note: n }\n");
        var merged = RoutingMerge.Merge(before, Documents.Parse("routes:\n  - { path: /b, function: f }\n")).Merged;
        var text = YamlTextWriter.Write(merged);
        await Assert.That(text).Contains("authoriser").And.Contains("x-note").And.Contains("/b");
    }

    [Test]
    [Arguments("{ path: /a }", "t.yml:2:5: error: route '/a': 'function' is missing; "
        + "name one of the functions of functions.yml, or give mock or http_proxy")]
    [Arguments("{ path: /a, authorizer: { type: iam } }", "t.yml:2:5: error: route '/a': 'function' is missing")]
    [Arguments(
        "{ path: /a, function: f, mock: {} }",
        "t.yml:2:36: error: route '/a': 'function' and 'mock' cannot both answer; leave one of them out")]
    [Arguments(
        "{ path: /a, mock: { headers: { 'a b': c } } }",
        "error: route '/a', mock: 'headers' has 'a b', which is not the name of a header")]
    [Arguments(
        "{ path: /a, mock: { headers: { a: \"b\\r\\nc\" } } }", "error: route '/a', mock: 'headers.a' cannot be sent")]
    [Arguments(
        "{ path: /a, http_proxy: { uri: 'http://{h}/' } }", "error: route '/a', http_proxy: 'uri' is not an address")]
    [Arguments(
        "{ path: '/a/{id}', http_proxy: { uri: 'http://h/{is}' } }",
        "error: route '/a/{id}', http_proxy: 'uri' has {is}, but the path has no such parameter")]
    [Arguments(
        "{ path: /a, function: f, cors: { expose_headers: [\"a\\r\\nb\"] } }",
        "error: route '/a', cors: 'expose_headers' has 'a\uFFFD\uFFFDb', which cannot be sent")]
    [Arguments(
        "{ path: /a, function: f, cors: { allow_origins: ['*'], allow_credentials: true } }",
        "error: route '/a', cors: 'allow_credentials' together with the origin '*'")]
    public async Task An_answer_that_is_missing_ambiguous_or_cannot_be_sent_is_an_error_with_its_place(
        string route,
        string expected)
    {
        var (_, said) = Read($"routes:\n  - {route}\n");
        await Assert.That(string.Join('\n', said)).Contains(expected);
    }

    [Test]
    public async Task A_route_without_a_target_is_closed_with_a_reason()
    {
        var (file, said) = Read("routes:\n  - { path: /a, authorizer: { type: unsupported, reason: because } }\n");
        await Assert.That(said).IsEmpty();
        await Assert.That((file.Routes[0].Function, file.Routes[0].Closed, file.Routes[0].Target))
            .IsEqualTo((null, "because", "closed"));
    }

    [Test]
    public async Task A_mock_and_a_server_with_every_key_are_read()
    {
        var (file, said) = Read(
            """
            routes:
              - { path: /m, mock: { status: 403, headers: { X-A: 1 }, body: no } }
              - { path: "/p/{proxy+}", http_proxy: { uri: "https://h/v1/{proxy}", method: post, timeout_ms: 50,
                  headers: { X-B: c } } }
            """);
        await Assert.That(said).IsEmpty();
        var mock = file.Routes[0].Mock!;
        await Assert.That((mock.Status, mock.Headers.Single(), mock.Body))
            .IsEqualTo((403, KeyValuePair.Create("X-A", "1"), "no"));
        var proxy = file.Routes[1].HttpProxy!;
        await Assert.That((proxy.Uri, proxy.Method, proxy.Timeout, proxy.Headers.Single())).IsEqualTo(
            ("https://h/v1/{proxy}", "POST", TimeSpan.FromMilliseconds(50), KeyValuePair.Create("X-B", "c")));
    }

    [Test]
    public async Task A_merge_key_in_a_file_that_is_written_by_hand_is_an_error()
    {
        var diagnostics = new DiagnosticBag();
        var text = """
            x-guarded: &guarded { authorizer: { type: api_key } }
            routes:
              - { <<: *guarded, path: /a, function: f }

            """u8.ToArray();
        await Assert.That(ConfigurationDocument.Parse(text, "t.yml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().ToString())
            .IsEqualTo("t.yml:3:7: error: '<<' merges nothing in this file; write out what it would merge");
        await Assert.That(ConfigurationDocument.Parse("x-note: { '<<': a }\n"u8.ToArray(), "t.yml", [])).IsNotNull();
    }

    [Test]
    [Arguments("-1")]
    [Arguments("0")]
    [Arguments("0.9")]
    [Arguments("'0'")]
    public async Task A_format_before_the_first_is_refused_in_all_three_files(string version)
    {
        var document = Documents.Parse($"version: {version}\n");
        foreach (var name in ConfigurationFiles.Names)
        {
            var diagnostics = new DiagnosticBag();
            await Assert.That(FormatVersion.IsUnderstood(document, name, diagnostics)).IsFalse();
            await Assert.That(diagnostics.Single().ToString())
                .StartsWith($"test.yml:1:10: error: {name}: 'version' is '{version.Trim('\'')}'; formats begin with 1");
        }
    }

    private static (RoutingFile File, List<Diagnostic> Said) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var file = RoutingFile.Read((YamlMapping)YamlReader.Read(text, "t.yml", diagnostics)!, diagnostics);
        return (file, [.. diagnostics]);
    }
}
