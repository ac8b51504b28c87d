using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Merging;

/// <summary>Variables with API keys: what a platform has set stays, and two keys never share one.</summary>
internal sealed class KeyVariableTests
{
    private const string Deploy = "[{ name: k, value_env: API_KEY_A__K, application: a }]";

    [Test]
    [Arguments("[{ name: k, value_env: OLD, application: a }]", Deploy, "a/k OLD")]
    [Arguments("[{ name: k, value_env: OLD }]", Deploy, "a/k OLD")]
    [Arguments("[{ name: k, value_env: OLD, application: b }]", Deploy, "b/k OLD, a/k API_KEY_A__K")]
    [Arguments(
        "[{ name: k, value_env: OLD, application: a }, { name: k, value_env: OLD, application: b }]",
        Deploy,
        "b/k OLD, a/k API_KEY_A__K")]
    [Arguments(
        "[{ name: k, value_env: OLD, application: a }, { name: l, value_env: OLD, application: a }]",
        "[{ name: k, value_env: K, application: a }, { name: l, value_env: L, application: a }]",
        "a/k K, a/l L")]
    [Arguments(
        "[{ name: k, value_env: NEW, application: a }]",
        "[{ name: k, value_env: K, application: a }, { name: l, value_env: NEW, application: a }]",
        "a/k K, a/l NEW")]
    [Arguments("[{ name: k, value: secret, application: a }]", Deploy, "a/k API_KEY_A__K")]
    [Arguments(
        "[{ name: k, value_env: OLD, application: a }]", "[{ name: k, value: secret, application: a }]", "a/k secret")]
    [Arguments("[]", Deploy, "a/k API_KEY_A__K")]
    public async Task A_key_keeps_the_variable_that_it_has_unless_another_one_has_it_too(
        string existing,
        string incoming,
        string expected)
    {
        var merged = RoutingMerge.Merge(Document(existing), Document(incoming)).Merged;
        await Assert.That(Keys(merged)).IsEqualTo(expected);
        // The same deploy a second time changes nothing.
        await Assert.That(Keys(RoutingMerge.Merge(merged, Document(incoming)).Merged)).IsEqualTo(expected);
    }

    [Test]
    [Arguments(
        "[{ name: one, value: s3cret }, { name: two, value: s3cret }]",
        "API key 'two' has the value of 'one': it opens what both of them name")]
    [Arguments(
        "[{ name: one, value_env: V }, { name: two, value_env: V }]",
        "API key 'two' has the variable V of 'one': it opens what both of them name")]
    [Arguments(
        "[{ name: one, value: s3cret }, { name: two, value: s3cret, enabled: false }]",
        "API key 'two' has the value of 'one': it opens nothing, and neither does the other one")]
    [Arguments("[{ name: one, value: s3cret, application: a }, { name: two, value: s3cret, application: b }]", "")]
    [Arguments("[{ name: one, value: s3cret }, { name: two, value: other }]", "")]
    public async Task Two_keys_with_one_value_are_reported_without_the_value(string keys, string expected)
    {
        var diagnostics = new DiagnosticBag();
        RoutingFile.Read(Document(keys), diagnostics);
        var said = string.Join('\n', diagnostics);
        await Assert.That(said.Length == 0 ? "" : expected).IsEqualTo(expected);
        await Assert.That(said).Contains(expected).And.DoesNotContain("s3cret");
    }

    private static YamlMapping Document(string keys) =>
        (YamlMapping)YamlReader.Read($"routes: []\napi_keys: {keys}\n", "routing.yml", new DiagnosticBag())!;

    private static string Keys(YamlMapping document) => string.Join(", ", ((YamlSequence)document["api_keys"]!)
        .Items.Cast<YamlMapping>()
        .Select(k => $"{k["application"]}/{k["name"]} {k["value_env"] ?? k["value"]}"));
}
