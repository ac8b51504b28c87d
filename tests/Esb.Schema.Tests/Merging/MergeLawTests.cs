using CsCheck;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests.Merging;

/// <summary>Properties that are true for every pair of documents.</summary>
internal sealed class MergeLawTests
{
    private static readonly Gen<string> Name = Gen.OneOf("a", "b", "c", "d");

    private static readonly Gen<YamlMapping> Functions = Gen.Select(
        Named(Name), Gen.Select(Name, Trees.Node).Array[0, 3])
        .Select((functions, defaults) => YamlMapping.Of(("defaults", Mapping(defaults)), ("functions", functions)));

    private static readonly Gen<YamlMapping> Routing =
        Gen.Select(
            Gen.OneOf("/a", "/%61/", "/b", "/{c}", "/{d}", "/{d}/", "/{c+}", "/{d+}", "$default"),
            Gen.OneOf("GET", "post", "ANY"),
            Name).Array[0, 5].Select(routes => YamlMapping.Of(
            ("routes", new YamlSequence([.. routes.Select(r => YamlMapping.Of(
                ("path", YamlScalar.Text(r.Item1)),
                ("method", YamlScalar.Text(r.Item2)),
                ("function", YamlScalar.Text(r.Item3))))]))));

    private static readonly Gen<YamlMapping> Resources =
        Gen.Select(Gen.Select(Name, Trees.Node).Array[0, 4], Gen.Select(Name, Trees.Node).Array[0, 4])
            .Select((tables, buckets) => YamlMapping.Of(
            ("resources", YamlMapping.Of(
                ("dynamodb", List("TableName", tables)), ("s3", List("BucketName", buckets))))));

    [Test]
    public void Merging_the_same_deploy_twice_changes_no_byte()
    {
        Check(Functions, FunctionsMerge.Merge);
        Check(Routing, RoutingMerge.Merge);
        Check(Resources, ResourcesMerge.Merge);

        static void Check(Gen<YamlMapping> documents, Func<YamlMapping, YamlMapping, MergeResult> merge) =>
            Gen.Select(documents, documents).Sample((existing, incoming) =>
            {
                var once = merge(existing, incoming);
                var twice = merge(once.Merged, incoming);
                return !twice.HasChanges && YamlTextWriter.Write(twice.Merged) == YamlTextWriter.Write(once.Merged);
            });
    }

    [Test]
    public void A_merge_without_changes_returns_the_document_itself()
    {
        Gen.Select(Functions, Functions).Sample((existing, incoming) =>
            FunctionsMerge.Merge(existing, incoming) is var result
                && (result.HasChanges || ReferenceEquals(result.Merged, existing)));
        Gen.Select(Routing, Routing).Sample((existing, incoming) =>
            RoutingMerge.Merge(existing, incoming) is var result
                && (result.HasChanges || ReferenceEquals(result.Merged, existing)));
    }

    [Test]
    public void The_merge_has_every_function_of_both_and_the_later_one_takes_precedence()
    {
        Gen.Select(Functions, Functions).Sample((existing, incoming) =>
        {
            var merged = (YamlMapping)FunctionsMerge.Merge(existing, incoming).Merged["functions"]!;
            var (old, late) = ((YamlMapping)existing["functions"]!, (YamlMapping)incoming["functions"]!);
            return late.Entries.All(e => merged[e.Key.Value]!.ContentEquals(e.Value))
                && old.Entries.All(e => late.Contains(e.Key.Value) || merged[e.Key.Value]!.ContentEquals(e.Value))
                && merged.Entries.Count == old.Entries.Select(e => e.Key.Value)
                    .Union(late.Entries.Select(e => e.Key.Value))
                    .Count();
        });
    }

    [Test]
    public void Existing_defaults_stay_as_they_are()
    {
        Gen.Select(Functions, Functions).Sample((existing, incoming) =>
            Contains(FunctionsMerge.Merge(existing, incoming).Merged["defaults"], existing["defaults"]));
    }

    [Test]
    public void After_a_merge_each_route_of_the_deploy_exists_once_as_the_deploy_has_it()
    {
        Gen.Select(Routing, Routing).Sample((earlier, incoming) =>
        {
            var existing = RoutingMerge.Merge(YamlMapping.Of(("routes", new YamlSequence([]))), earlier).Merged;
            var merged = Items(RoutingMerge.Merge(existing, incoming).Merged, "routes");
            var wanted = Items(incoming, "routes").GroupBy(Key).Select(g => g.Last()).ToList();
            return wanted.All(w => merged.Count(m => Key(m) == Key(w)) == 1 && merged.Any(w.ContentEquals))
                && Items(existing, "routes").All(e => merged.Any(m => Key(m) == Key(e)))
                && merged.Count() == merged.DistinctBy(Key).Count();
        });
    }

    [Test]
    public void Unknown_keys_survive_every_merge()
    {
        Gen.Select(Functions, Functions, Trees.Node).Sample((existing, incoming, unknown) =>
            FunctionsMerge.Merge(existing.With("x-team", unknown), incoming).Merged["x-team"]!.ContentEquals(unknown));
        Gen.Select(Resources, Resources, Trees.Node).Sample((existing, incoming, unknown) =>
        {
            var kinds = ((YamlMapping)existing["resources"]!).With("sqs", unknown);
            return ((YamlMapping)ResourcesMerge.Merge(
                existing.With("resources", kinds), incoming).Merged["resources"]!)["sqs"]!.ContentEquals(unknown);
        });
    }

    private static bool Contains(YamlNode? whole, YamlNode? part) => (whole, part) switch
    {
        (YamlMapping w, YamlMapping p) => p.Entries.All(e => Contains(w[e.Key.Value], e.Value)),
        (not null, not null) => part is YamlScalar { IsNull: true } || whole.ContentEquals(part),
        _ => part is null,
    };

    private static IEnumerable<YamlMapping> Items(YamlMapping document, string key) =>
        ((YamlSequence)document[key]!).Items.Cast<YamlMapping>();

    // Both match the same requests, so a gateway serves only one of them.
    private static string Key(YamlMapping route)
    {
        var method = route["method"]!.ToString()!.ToUpperInvariant();
        return route["path"]!.ToString() switch
        {
            "/a" or "/%61/" => $"{method} a",
            "/{c}" or "/{d}" or "/{d}/" => $"{method} one",
            "/{c+}" or "/{d+}" => $"{method} some",
            "$default" => "others",
            var path => $"{method} {path}",
        };
    }

    private static Gen<YamlMapping> Named(Gen<string> names) =>
        Gen.Select(names, Trees.Mapping).Array[0, 4].Select(pairs => new YamlMapping(
            [.. pairs.DistinctBy(p => p.Item1).Select(p => new YamlEntry(YamlScalar.Text(p.Item1), p.Item2))]));

    private static YamlMapping Mapping((string, YamlNode)[] pairs) =>
        new([.. pairs.DistinctBy(p => p.Item1).Select(p => new YamlEntry(YamlScalar.Text(p.Item1), p.Item2))]);

    private static YamlSequence List(string nameProperty, (string Name, YamlNode Value)[] items) =>
        new([.. items.Select(i => YamlMapping.Of((nameProperty, YamlScalar.Text(i.Name)), ("Value", i.Value)))]);
}
