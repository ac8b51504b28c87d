using CsCheck;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Merging;

/// <summary>The differences between two states of a file.</summary>
internal sealed class ComparisonTests
{
    private static readonly Gen<YamlMapping> Functions = Gen.Select(
        Gen.OneOf("a", "b", "c", "d"), Trees.Mapping).Array[0, 4].Select(pairs =>
        YamlMapping.Of(("functions", new YamlMapping(
            [.. pairs.DistinctBy(p => p.Item1).Select(p => new YamlEntry(YamlScalar.Text(p.Item1), p.Item2))]))));

    [Test]
    public async Task Added_removed_and_changed_entries_are_reported_and_unchanged_ones_are_not()
    {
        var changes = DocumentComparison.Functions(
            Documents.Parse("defaults: {timeout: 3}\nfunctions:\n  a: {code: /1}\n  b: {code: /b}\n  c: {code: "
                + "/c}\nx-team: blue\n"),
            Documents.Parse("defaults: {timeout: 4}\nfunctions:\n  a: {code: /2}\n  c: {code: /c}\n  d: {code: /d}\n"));
        await Assert.That(changes.Select(c => $"{c.Kind} {c.Section} {c.Key}")).IsEquivalentTo(
            [
                "Replaced default defaults", "Replaced function a", "Added function d", "Removed function b",
                "Removed x-team x-team",
            ]);
    }

    [Test]
    public async Task Routes_are_identified_by_method_and_path_and_keys_by_name()
    {
        var changes = DocumentComparison.Routing(
            Documents.Parse(
                "routes: [{path: /x, function: a}, {path: /y, function: a}]\napi_keys: [{name: k, value: one}]\n"),
            Documents.Parse("routes: [{path: /x, method: get, function: b}]\napi_keys: [{name: k, value: two}]\n"));
        await Assert.That(changes.Select(c => $"{c.Kind} {c.Section} {c.Key}"))
            .IsEquivalentTo(["Replaced route GET /x", "Removed route GET /y", "Replaced API key k"]);
    }

    [Test]
    public async Task A_route_whose_parameter_has_another_name_is_the_same_one_and_gets_the_later_name() =>
        await Assert.That(
            DocumentComparison.Routing(
                Documents.Parse("routes: [{path: '/x/{a}', function: f}]\n"),
                Documents.Parse("routes: [{path: '/x/{b}', function: f}]\n"))
                .Select(c => $"{c.Kind} {c.Section} {c.Key}")).IsEquivalentTo(["Replaced route GET /x/{b}"]);

    [Test]
    public async Task Tables_and_unknown_kinds_are_compared_too()
    {
        var changes = DocumentComparison.Resources(
            Documents.Parse("resources:\n  dynamodb: [{TableName: t, X: 1}]\n  sqs: [{QueueName: q}]\n"),
            Documents.Parse("resources:\n  s3: [{BucketName: t}]\n  sqs: []\n"));
        await Assert.That(changes.Select(c => $"{c.Kind} {c.Section} {c.Key}"))
            .IsEquivalentTo(["Removed table t", "Added bucket t", "Replaced sqs sqs"]);
    }

    [Test]
    public void A_state_is_not_different_from_itself() =>
        Functions.Sample(state => DocumentComparison.Functions(state, state).Count == 0);

    [Test]
    public void The_reverse_comparison_has_the_reverse_changes() => Gen.Select(
        Functions, Functions).Sample((before, after) =>
    {
        var there = DocumentComparison.Functions(before, after)
            .Select(c => (c.Kind, c.Key, From: c.Before, To: c.After))
            .OrderBy(c => c.Key, StringComparer.Ordinal);
        var back = DocumentComparison.Functions(after, before)
            .Select(c => (Kind: Turned(c.Kind), c.Key, From: c.After, To: c.Before))
            .OrderBy(c => c.Key, StringComparer.Ordinal);
        return there.SequenceEqual(back);
    });

    [Test]
    public void After_a_merge_exactly_the_reported_changes_are_different() => Gen.Select(
        Functions, Functions).Sample((existing, incoming) =>
    {
        var merge = FunctionsMerge.Merge(existing, incoming);
        var said = merge.Changes.Where(c => c.Kind != ChangeKind.Unchanged).Select(c => (c.Kind, c.Key)).Order();
        return DocumentComparison.Functions(existing, merge.Merged).Select(c => (c.Kind, c.Key)).Order()
            .SequenceEqual(said);
    });

    private static ChangeKind Turned(ChangeKind kind) =>
        kind switch { ChangeKind.Added => ChangeKind.Removed, ChangeKind.Removed => ChangeKind.Added, _ => kind };
}
