using CsCheck;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Routing;

internal sealed class RouteTableLawTests
{
    private static readonly Gen<string> Literal = Gen.OneOf("a", "b", "c");

    private static readonly Gen<string> Segment = Gen.Frequency((3, Literal), (2, Gen.OneOf("{x}", "{y}")));

    private static readonly Gen<string> Pattern =
        from segments in Segment.Array[0, 4]
        from greedy in Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true)))
        select "/" + string.Join('/', Named(segments).Concat(greedy ? ["{rest+}"] : []));

    private static readonly Gen<string> Definition =
        from version in Gen.OneOf("", "2.0 ")
        from method in Gen.OneOf("GET", "POST", "ANY")
        from path in Gen.Frequency(
            (8, Pattern), (1, Gen.OneOf("$default", "/a/$default", "/b/$default", "/a/b/$default")))
        select $"{version}{method} {path}";

    private static readonly Gen<string> Path =
        from segments in Gen.Frequency((6, Literal), (2, Gen.OneOf("z", "%2F")), (1, Gen.Const(""))).Array[0, 6]
        from slash in Gen.OneOf("", "", "/")
        select "/" + string.Join('/', segments) + slash;

    [Test]
    public void The_trie_finds_what_a_search_of_every_route_finds() =>
        Gen.Select(Definition.Array[0, 12], Gen.OneOf("GET", "POST", "PUT"), Path.Array[1, 8]).Sample(
            (definitions, method, paths) =>
            {
                var table = Routes.Table(definitions);
                var reference = new NaiveRoutes(table.All);
                return paths.All(path => table.Match(method, path) == reference.Match(method, path));
            },
            iter: 20_000);

    [Test]
    public void Of_two_routes_that_match_a_request_the_one_that_deploys_report_as_first_answers() =>
        Gen.Select(Definition, Definition, Gen.OneOf("GET", "POST"), Path.Array[1, 8]).Sample(
            (one, other, method, paths) =>
            {
                var (first, second) = (Routes.Definition(one), Routes.Definition(other));
                if (first.Shape == second.Shape)
                    return true;
                var (alone, its, both) = (Routes.Table([one]), Routes.Table([other]), Routes.Table([one, other]));
                var overlap = RouteOverlap.Of(first, second);
                return paths.Where(p => alone.Match(method, p) != "-" && its.Match(method, p) != "-")
                    .All(p => overlap is not null
                        && $"{both.Match(method, p)} ".StartsWith($"{overlap.First.Key} ", StringComparison.Ordinal));
            },
            iter: 20_000);

    // Names must differ within a pattern.
    private static IEnumerable<string> Named(string[] segments) =>
        segments.Select((s, i) => s[0] == '{' ? $"{{{s[1]}{i}}}" : s);
}
