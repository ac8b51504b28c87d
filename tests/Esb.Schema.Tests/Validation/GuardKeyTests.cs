using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Validation;

/// <summary>Keys that nobody reads, in files that people write by hand.</summary>
internal sealed class GuardKeyTests
{
    [Test]
    [Arguments("authoriser: { type: api_key }", "route '/a' is closed: its key 'authoriser' may be meant to guard it, and nobody reads it; did you mean 'authorizer'?")]
    [Arguments("api_key_requird: true", "route '/a' is closed: its key 'api_key_requird' may be meant to guard it, and nobody reads it; did you mean 'api_key_required'?")]
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
    [Arguments("authorizer: { type: jwt, issuer: 'https://id/', scope: read }", "route '/a', authorizer is closed: its key 'scope' may be meant to guard it, and nobody reads it; did you mean 'scopes'?")]
    [Arguments("authorizer: { type: jwt, issuer: 'https://id/', kind: TOKEN }", "its key 'kind' may be meant to guard it")]
    [Arguments("authorizer: { type: lambda, function: g, scopes: [a] }", "its key 'scopes' may be meant to guard it")]
    [Arguments("authorizer: { type: none, scopes: [a] }", "its key 'scopes' may be meant to guard it")]
    [Arguments("authorizer: { type: none, issuer: 'https://id/' }", "its key 'issuer' may be meant to guard it")]
    [Arguments("authorizer: { type: api_key, apis: [a] }", "its key 'apis' may be meant to guard it")]
    public async Task A_key_that_may_be_a_misspelt_guard_closes_its_route_and_is_named(string key, string expected)
    {
        var (file, said) = Read($"routes:\n  - {{ path: /a, function: f, {key} }}\n");
        await Assert.That(file.Routes.Single().Refused).IsNotNull();
        await Assert.That(said.Single().Severity).IsEqualTo(Severity.Warning);
        await Assert.That(said.Single().ToString()).StartsWith("t.yml:2:").And.Contains(expected);
    }

    [Test]
    [Arguments("x-authorizer: later", "")]
    [Arguments("X_owner: team", "")]
    [Arguments("owner: team", "t.yml:2:30: warning: route '/a': nobody reads the key 'owner'; a key that is only a note begins with x-")]
    [Arguments("timeout: 3", "route '/a': nobody reads the key 'timeout'")]
    [Arguments("description: the policy of the shop", "route '/a': nobody reads the key 'description'")]
    [Arguments("allow_origins: ['*']", "route '/a': nobody reads the key 'allow_origins'")]
    [Arguments("binary_media_type: [a/b]", "did you mean 'binary_media_types'?")]
    [Arguments("invoke_mode: BUFFERED", "")]
    [Arguments("authorizer: { type: jwt, issuer: 'https://id/', x-note: a }", "")]
    [Arguments("authorizer: ", "")]
    public async Task Any_other_key_that_nobody_reads_leaves_the_route_as_it_is(string key, string expected)
    {
        var (file, said) = Read($"routes:\n  - {{ path: /a, function: f, {key} }}\n");
        await Assert.That(file.Routes.Single().Refused).IsNull();
        await Assert.That(string.Join('\n', said)).Contains(expected);
        await Assert.That(said.Count).IsEqualTo(expected.Length == 0 ? 0 : 1);
    }

    [Test]
    public async Task A_key_with_a_misspelt_limit_opens_nothing_and_a_note_in_it_does_no_harm()
    {
        var (file, said) = Read(
            """
            api_keys:
              - { name: a, value: s1, api: [shop] }
              - { name: b, value: s2, quotas: { limit: 1 } }
              - { name: c, value: s3, comment: x }
            """);
        await Assert.That(string.Join(' ', file.ApiKeys.Select(k => k.Name))).IsEqualTo("c");
        await Assert.That(string.Join('\n', said)).Contains("API key 'a' opens nothing: its key 'api' may be a limit, and nobody reads it; did you mean 'apis'?")
            .And.Contains("API key 'b' opens nothing").And.Contains("API key 'c': nobody reads the key 'comment'");
    }

    [Test]
    public async Task A_key_that_nobody_reads_outlives_a_deploy_of_another_route()
    {
        var before = Documents.Parse("routes:\n  - { path: /a, function: f, authoriser: { type: api_key }, x-note: n }\n");
        var merged = RoutingMerge.Merge(before, Documents.Parse("routes:\n  - { path: /b, function: f }\n")).Merged;
        var text = YamlTextWriter.Write(merged);
        await Assert.That(text).Contains("authoriser").And.Contains("x-note").And.Contains("/b");
    }

    [Test]
    [Arguments("{ path: /a }", "t.yml:2:5: error: route '/a': 'function' is missing; name one of the functions of functions.yml, or say mock or http_proxy")]
    [Arguments("{ path: /a, authorizer: { type: iam } }", "t.yml:2:5: error: route '/a': 'function' is missing")]
    [Arguments("{ path: /a, function: f, mock: {} }", "t.yml:2:36: error: route '/a': 'function' and 'mock' cannot both answer; leave one of them out")]
    [Arguments("{ path: /a, mock: { headers: { 'a b': c } } }", "error: route '/a', mock: 'headers' has 'a b', which is no name of a header")]
    [Arguments("{ path: /a, mock: { headers: { a: \"b\\r\\nc\" } } }", "error: route '/a', mock: 'headers.a' cannot be sent")]
    [Arguments("{ path: /a, http_proxy: { uri: 'http://{h}/' } }", "error: route '/a', http_proxy: 'uri' is no address")]
    [Arguments("{ path: '/a/{id}', http_proxy: { uri: 'http://h/{is}' } }", "error: route '/a/{id}', http_proxy: 'uri' has {is}, the path has no such parameter")]
    [Arguments("{ path: /a, function: f, cors: { expose_headers: [\"a\\r\\nb\"] } }", "error: route '/a', cors: 'expose_headers' has 'a\uFFFD\uFFFDb', which cannot be sent")]
    [Arguments("{ path: /a, function: f, cors: { allow_origins: ['*'], allow_credentials: true } }", "error: route '/a', cors: 'allow_credentials' together with the origin '*'")]
    public async Task What_cannot_answer_or_be_sent_is_an_error_that_says_where(string route, string expected)
    {
        var (_, said) = Read($"routes:\n  - {route}\n");
        await Assert.That(string.Join('\n', said)).Contains(expected);
    }

    [Test]
    public async Task A_route_without_an_answer_is_closed_and_says_why()
    {
        var (file, said) = Read("routes:\n  - { path: /a, authorizer: { type: unsupported, reason: because } }\n");
        await Assert.That(said).IsEmpty();
        await Assert.That((file.Routes[0].Function, file.Routes[0].Refused, file.Routes[0].Target)).IsEqualTo((null, "because", "closed"));
    }

    [Test]
    public async Task A_mock_and_a_server_are_read_with_all_that_they_have()
    {
        var (file, said) = Read(
            """
            routes:
              - { path: /m, mock: { status: 403, headers: { X-A: 1 }, body: no } }
              - { path: "/p/{proxy+}", http_proxy: { uri: "https://h/v1/{proxy}", method: post, timeout_ms: 50, headers: { X-B: c } } }
            """);
        await Assert.That(said).IsEmpty();
        var mock = file.Routes[0].Mock!;
        await Assert.That((mock.Status, mock.Headers.Single(), mock.Body)).IsEqualTo((403, KeyValuePair.Create("X-A", "1"), "no"));
        var proxy = file.Routes[1].HttpProxy!;
        await Assert.That((proxy.Uri, proxy.Method, proxy.Timeout, proxy.Headers.Single())).IsEqualTo(("https://h/v1/{proxy}", "POST", TimeSpan.FromMilliseconds(50), KeyValuePair.Create("X-B", "c")));
    }

    [Test]
    public async Task A_merge_key_in_a_file_that_is_written_by_hand_is_an_error()
    {
        var diagnostics = new DiagnosticBag();
        var text = "x-guarded: &guarded { authorizer: { type: api_key } }\nroutes:\n  - { <<: *guarded, path: /a, function: f }\n"u8.ToArray();
        await Assert.That(ConfigurationDocument.Parse(text, "t.yml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().ToString()).IsEqualTo("t.yml:3:7: error: '<<' merges nothing in this file; write out what it would merge");
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
            await Assert.That(diagnostics.Single().ToString()).StartsWith($"test.yml:1:10: error: {name}: 'version' is '{version.Trim('\'')}'; formats begin with 1");
        }
    }

    private static (RoutingFile File, List<Diagnostic> Said) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var file = RoutingFile.Read((YamlMapping)YamlReader.Read(text, "t.yml", diagnostics)!, diagnostics);
        return (file, [.. diagnostics]);
    }
}
