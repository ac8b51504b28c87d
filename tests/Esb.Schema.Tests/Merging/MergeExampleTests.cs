using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Merging;

internal sealed class MergeExampleTests
{
    [Test]
    public async Task A_function_of_the_same_name_is_replaced_as_a_whole()
    {
        var result = FunctionsMerge.Merge(
            Documents.Parse("functions:\n  a: {code: /1, timeout: 9}\n  b: {code: /b}\n"),
            Documents.Parse("functions:\n  a: {code: /2}\n"));
        await Assert.That(YamlTextWriter.Write(result.Merged))
            .IsEqualTo("functions:\n  a:\n    code: /2\n  b:\n    code: /b\n");
        await Assert.That(result.Changes.Single().Kind).IsEqualTo(ChangeKind.Replaced);
    }

    [Test]
    public async Task A_default_is_added_only_where_it_is_absent()
    {
        var result = FunctionsMerge.Merge(
            Documents.Parse("defaults:\n  environment: {LOG_LEVEL: DEBUG}\n"),
            Documents.Parse("defaults:\n  environment: {LOG_LEVEL: INFO, TZ: UTC}\n  scaling: {max_capacity: 3}\n"));
        await Assert.That(YamlTextWriter.Write(result.Merged)).IsEqualTo(
            "defaults:\n  environment:\n    LOG_LEVEL: DEBUG\n    TZ: UTC\n  scaling:\n    max_capacity: 3\n");
    }

    [Test]
    public async Task A_later_deploy_replaces_the_same_path_and_method()
    {
        var result = RoutingMerge.Merge(
            Documents.Parse("routes:\n  - {path: /x, method: get, function: a}\n  - {path: /y, function: a}\n"),
            Documents.Parse("routes:\n  - {path: /x, method: GET, function: b}\n"));
        await Assert.That(YamlTextWriter.Write(result.Merged)).IsEqualTo(
            "routes:\n  - path: /y\n    function: a\n  - path: /x\n    method: GET\n    function: b\n");
        await Assert.That(result.Changes.Single()).Satisfies(c => c!.Kind == ChangeKind.Replaced && c.Key == "GET /x");
    }

    [Test]
    public async Task A_route_without_a_method_is_the_same_as_one_with_GET()
    {
        var result = RoutingMerge.Merge(
            Documents.Parse("routes:\n  - {path: /x, function: a}\n"),
            Documents.Parse("routes:\n  - {path: /x, method: GET, function: b}\n"));
        await Assert.That(((YamlSequence)result.Merged["routes"]!).Items.Count).IsEqualTo(1);
    }

    [Test]
    public async Task API_keys_of_two_applications_may_have_the_same_name_and_a_key_without_an_owner_is_taken_over()
    {
        var first = RoutingMerge.Merge(
            Documents.Parse("api_keys:\n  - {name: k, value: old}\n  - {name: other, value: o}\n"),
            Documents.Parse("api_keys:\n  - {name: k, value: a, application: a}\n"));
        await Assert.That(first.Changes.Select(c => $"{c.Kind} {c.Key}")).IsEquivalentTo(["Replaced a/k"]);
        var second = RoutingMerge.Merge(
            first.Merged, Documents.Parse("api_keys:\n  - {name: k, value: b, application: b}\n"));
        await Assert.That(second.Changes.Select(c => $"{c.Kind} {c.Key}")).IsEquivalentTo(["Added b/k"]);
        await Assert.That(((YamlSequence)second.Merged["api_keys"]!).Items.Cast<YamlMapping>()
            .Select(k => $"{k["value"]}")).IsEquivalentTo(["o", "a", "b"]);
    }

    [Test]
    public async Task Tables_buckets_and_layers_are_identified_by_their_names()
    {
        var result = ResourcesMerge.Merge(
            Documents.Parse(
                "resources:\n  dynamodb: [{TableName: t, X: 1}]\n  s3: [{BucketName: t}]\n  layers: [{Name: t}]\n"),
            Documents.Parse(
                "resources:\n  dynamodb: [{TableName: t, X: 2}, {TableName: u}]\n  s3: [{BucketName: t}]\n"));
        await Assert.That(result.Changes.Select(c => $"{c.Kind} {c.Section} {c.Key}")).IsEquivalentTo(
            ["Replaced table t", "Added table u", "Unchanged bucket t"]);
        await Assert.That(((YamlMapping)result.Merged["resources"]!).Contains("layers")).IsTrue();
    }

    [Test]
    public async Task Each_new_default_is_a_separate_change_and_a_kept_one_has_the_value_that_was_not_used()
    {
        var merge = FunctionsMerge.Merge(
            Documents.Parse("defaults:\n  environment: {LOG_LEVEL: DEBUG}\n  timeout: 9\n"),
            Documents.Parse("defaults:\n  environment: {LOG_LEVEL: INFO}\n  scaling: {max_capacity: 3, min_capacity: "
                + "1}\n  timeout: 9\n"));
        await Assert.That(merge.Changes.Select(
            c => $"{c.Kind} {c.Key} {(c.NotTaken as Esb.Schema.Yaml.YamlScalar)?.Value}".TrimEnd()))
            .IsEquivalentTo([
                "Unchanged environment.LOG_LEVEL INFO", "Added scaling.max_capacity", "Added scaling.min_capacity",
                "Unchanged timeout",
            ]);
    }
}
