using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Validation;

/// <summary>Keys without a value: a null, or only comments.</summary>
internal sealed class EmptyGuardTests
{
    [Test]
    [Arguments("authorizer:", "route '/a' is closed: its key 'authorizer' has no value; "
        + "give it a value, or leave the key out")]
    [Arguments("authorizer: ~", "its key 'authorizer' has no value")]
    [Arguments(
        "authorizer:\n      # type: jwt\n      # issuer: https://id/", "its key 'authorizer' has no value")]
    [Arguments("api_key_required: null", "its key 'api_key_required' has no value")]
    [Arguments("application:", "its key 'application' has no value")]
    [Arguments("function_application:", "its key 'function_application' has no value")]
    [Arguments("function_url:", "its key 'function_url' has no value")]
    [Arguments("mock:\n      # status: 403", "its key 'mock' has no value")]
    [Arguments("http_proxy:", "its key 'http_proxy' has no value")]
    [Arguments(
        "cors: { allow_methods: ~ }", "route '/a', cors is closed: its key 'allow_methods' has no value")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', scopes: ~ }",
        "route '/a', authorizer is closed: its key 'scopes' has no value")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', audience: ~ }", "its key 'audience' has no value")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', validation: ~ }",
        "its key 'validation' has no value")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', jwks_uri: ~ }", "its key 'jwks_uri' has no value")]
    [Arguments(
        "authorizer: { type: jwt, issuer: 'https://id/', identity_source: ~ }",
        "its key 'identity_source' has no value")]
    [Arguments(
        "authorizer: { type: lambda, function: g, identity_source: ~ }",
        "its key 'identity_source' has no value")]
    [Arguments(
        "authorizer: { type: lambda, kind: TOKEN, function: g, validation: ~ }",
        "its key 'validation' has no value")]
    [Arguments("authorizer: { type: lambda, function: g, kind: ~ }", "its key 'kind' has no value")]
    [Arguments("authorizer: { type: lambda, function: g, ttl: ~ }", "its key 'ttl' has no value")]
    [Arguments(
        "authorizer: { type: lambda, function: g, simple_responses: ~ }",
        "its key 'simple_responses' has no value")]
    [Arguments(
        "authorizer: { type: lambda, function: g, function_application: ~ }",
        "its key 'function_application' has no value")]
    [Arguments("authorizer: { type: none, scopes: ~ }", "its key 'scopes' may be meant to guard it")]
    [Arguments("auth: ~", "its key 'auth' may be meant to guard it")]
    public async Task A_guard_without_a_value_closes_its_route_and_is_reported(string key, string expected)
    {
        var (file, said) = Read($"routes:\n  - path: /a\n    function: f\n    {key}\n");
        await Assert.That(file.Routes.Single().Closed).IsNotNull();
        await Assert.That(said.Single().Severity).IsEqualTo(Severity.Warning);
        await Assert.That(said.Single().ToString()).StartsWith("t.yml:4:").And.Contains(expected);
    }

    [Test]
    [Arguments("stage:")]
    [Arguments("stage_variables: ~")]
    [Arguments("cors:")]
    [Arguments("binary_media_types:")]
    public async Task Any_other_key_of_a_route_without_a_value_counts_as_absent(string key)
    {
        var (file, said) = Read($"routes:\n  - path: /a\n    function: f\n    {key}\n");
        await Assert.That((file.Routes.Single().Closed, said.Count)).IsEqualTo((null, 0));
    }

    [Test]
    [Arguments("enabled: ~")]
    [Arguments("rate:")]
    [Arguments("quota:\n      # limit: 5")]
    [Arguments("quota: { limit: 5, period: ~ }")]
    [Arguments("quota: { limit: 5, offset: ~ }")]
    [Arguments("rate: 1\n    burst:")]
    [Arguments("application:")]
    [Arguments("apis:")]
    public async Task An_API_key_whose_limit_has_no_value_opens_nothing(string limit)
    {
        var (file, said) = Read($"api_keys:\n  - name: a\n    value: s\n    {limit}\n");
        await Assert.That(file.ApiKeys.Single().OpensSomething).IsFalse();
        await Assert.That(said.Single().ToString()).StartsWith("t.yml:").And.Contains(
            $"warning: API key 'a' opens nothing: its {(limit == "apis:" ? "'apis' is empty" : "key '")}");
    }

    [Test]
    [Arguments("reserved_concurrency:", "function 'f': 'reserved_concurrency' has no value, and so no effect; "
        + "give it a value, or leave the key out")]
    [Arguments("application: ~", "'application' has no value")]
    [Arguments("timeout:", "'timeout' has no value")]
    [Arguments("scaling: { max_capacity: ~ }", "function 'f', scaling: 'max_capacity' has no value")]
    [Arguments("url: { invoke_mode: ~ }", "function 'f', url: 'invoke_mode' has no value")]
    [Arguments("async: { on_failure: ~ }", "function 'f', async: 'on_failure' has no value")]
    [Arguments("events: [{ schedule: ~ }]", "function 'f', event: 'schedule' has no value")]
    [Arguments("events: [{ schedule: { expression: rate(1 hour), enabled: ~ } }]", "'enabled' has no value")]
    public async Task A_key_of_a_function_without_a_value_is_a_warning(string key, string expected)
    {
        var diagnostics = new DiagnosticBag();
        FunctionsFile.Read(
            Documents.Parse(
                $"functions:\n  f:\n    code: .\n    runtime: python3.12\n    handler: app.handler\n    {key}\n"),
            diagnostics);
        await Assert.That(diagnostics.Single().Severity).IsEqualTo(Severity.Warning);
        await Assert.That(diagnostics.Single().ToString()).Contains(expected);
    }

    private static (RoutingFile File, List<Diagnostic> Said) Read(string text)
    {
        var diagnostics = new DiagnosticBag();
        var file = RoutingFile.Read((YamlMapping)YamlReader.Read(text, "t.yml", diagnostics)!, diagnostics);
        return (file, [.. diagnostics]);
    }
}
