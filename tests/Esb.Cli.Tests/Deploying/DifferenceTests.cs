using Esb.Cli.Deploying.Reports;
using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Tests.Deploying;

internal sealed class DifferenceTests
{
    [Test]
    [Arguments("{ timeout: 30 }", "{ timeout: 60 }", "timeout 30 → 60")]
    [Arguments("{ timeout: 30 }", "{ timeout: 30, memory_size: 256 }", "memory_size 256")]
    [Arguments("{ timeout: 30, handler: a.b }", "{ timeout: 30 }", "handler removed")]
    [Arguments("{ layers: [ a, b ] }", "{ layers: [ a, c, d ] }", "layers[1] b → c, layers[2] d")]
    [Arguments(
        "{ scaling: { max_capacity: 1 } }",
        "{ scaling: { max_capacity: 2, idle_timeout: 5 } }",
        "scaling.max_capacity 1 → 2, scaling.idle_timeout 5")]
    [Arguments(
        "{ code: /home/me/.esb/orders/1bdb }", "{ code: /home/me/.esb/orders/bcbe }", "code …/1bdb → …/bcbe")]
    [Arguments("{ code: /srv/a }", "{ code: /srv/b }", "code /srv/a → /srv/b")]
    [Arguments("{ layers: a }", "{ layers: [ b ] }", "layers removed, layers[0] b")]
    [Arguments(
        "{ events: [ { schedule: { rate: 1 } } ] }",
        "{ events: [ { schedule: { rate: 2 } } ] }",
        "events[0].schedule.rate 1 → 2")]
    public async Task Every_value_that_differs_is_shown_with_its_path(string before, string after, string expected) =>
        await Assert.That(string.Join(", ", Of(before, after))).IsEqualTo(expected);

    [Test]
    public async Task Values_of_environment_variables_are_never_shown()
    {
        var differences = Of(
            "{ environment: { A: secret-1, B: secret-2 } }", "{ environment: { A: secret-3, C: secret-4 } }");
        await Assert.That(string.Join(", ", differences))
            .IsEqualTo("environment.A changed, environment.B removed, environment.C added");
        await Assert.That(differences.All(d => d.IsSecret)).IsTrue();
    }

    [Test]
    public async Task The_value_of_an_api_key_is_never_shown()
    {
        var differences = Difference.Of(
            new Change(ChangeKind.Replaced, "API key", "k", Yaml("{ name: k, value: secret-1, rate: 1 }"), Yaml(
                "{ name: k, value: secret-2, rate: 2 }")));
        await Assert.That(string.Join(", ", differences)).IsEqualTo("value changed, rate 1 → 2");
    }

    [Test]
    public async Task A_secret_of_a_template_is_not_shown_wherever_it_is()
    {
        var concealed = new ConcealedTexts();
        concealed.Add("secret-2");
        var change = new Change(ChangeKind.Replaced, "route", "GET /", Yaml("{ api: { name: old, stage: 1 } }"), Yaml(
            "{ api: { name: x-secret-2, stage: 2 } }"));
        await Assert.That(string.Join(", ", Difference.Of(change, concealed)))
            .IsEqualTo("api.name changed, api.stage 1 → 2");
    }

    [Test]
    [Arguments("route", "stage_variables: { A: N }", "stage_variables.A changed")]
    [Arguments(
        "route", "mock: { status: 200, headers: { X: N }, body: N }", "mock.headers.X changed, mock.body changed")]
    [Arguments(
        "route",
        "http_proxy: { uri: 'https://h/N', headers: { X-Auth: N } }",
        "http_proxy.uri changed, http_proxy.headers.X-Auth changed")]
    [Arguments(
        "route", "http_proxy: { uri: 'https://hN/N?a=N' }", "http_proxy.uri https://h1/**** → https://h2/****")]
    [Arguments(
        "route",
        "authorizer: { jwks_uri: 'https://hN/keys?t=N' }",
        "authorizer.jwks_uri https://h1/keys?**** → https://h2/keys?****")]
    [Arguments(
        "function",
        "events: [{ schedule: { rate: N, input: N } }]",
        "events[0].schedule.rate 1 → 2, events[0].schedule.input changed")]
    [Arguments("bucket", "Tags: [{ Key: a, Value: N }]", "Tags[0].Value changed")]
    public async Task Values_of_keys_that_may_hold_secrets_are_not_shown_by_any_plan(
        string section,
        string entry,
        string expected)
    {
        var differences = Difference.Of(
            new Change(ChangeKind.Replaced, section, "k", Numbered(entry, "1"), Numbered(entry, "2")));
        await Assert.That(string.Join(", ", differences)).IsEqualTo(expected);
    }

    [Test]
    [Arguments("environment.A", "changed")]
    [Arguments("timeout", "1 → 2")]
    public async Task A_default_of_the_environment_is_not_shown_either(string key, string expected)
    {
        var differences = Difference.Of(new Change(ChangeKind.Replaced, "default", key, Yaml("1"), Yaml("2")));
        await Assert.That(string.Join(", ", differences)).IsEqualTo($" {expected}");
    }

    private static YamlNode Numbered(string entry, string number) =>
        Yaml($"{{ {entry.Replace("N", number, StringComparison.Ordinal)} }}");

    private static IReadOnlyList<Difference> Of(string before, string after) =>
        Difference.Of(new Change(ChangeKind.Replaced, "function", "f", Yaml(before), Yaml(after)));

    private static YamlNode Yaml(string text) => YamlReader.Read(text, "t.yml", new DiagnosticBag())!;
}
