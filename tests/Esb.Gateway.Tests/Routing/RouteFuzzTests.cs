using System.Text;
using CsCheck;
using Esb.Gateway.Routing;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Routing;

namespace Esb.Gateway.Tests.Routing;

/// <summary>
/// Random and malformed patterns, files and paths: nothing throws or hangs, and every captured value is part of the
/// path.
/// </summary>
internal sealed class RouteFuzzTests
{
    private static readonly Gen<string> Piece = Gen.Frequency(
        (4, Gen.OneOf("a", "b", "items", "ü", "%2F", "..", ".")),
        (3, Gen.OneOf("{x}", "{y}", "{x+}", "{proxy+}", "{", "}", "{}", "{+}", "{a{b}", "x{y}", "{x}z")),
        (1, Gen.OneOf("", "//", "$default", "\0", " ", "\ud800", "*", "?")),
        (1, Gen.String[0, 6]));

    private static readonly Gen<string> Text =
        from start in Gen.OneOf("/", "/", "/", "")
        from pieces in Piece.Array[0, 8]
        from end in Gen.OneOf("", "/", "//")
        select start + string.Join('/', pieces) + end;

    private static readonly Gen<RouteDefinition> Definition =
        from path in Text
        from method in Gen.OneOf("GET", "ANY", "POST", "")
        from payload in Gen.OneOf("1.0", "2.0")
        select new RouteDefinition(path, method, "f", payload, null, null, default);

    [Test]
    public void Whatever_the_rule_for_patterns_accepts_can_be_built_and_matched() =>
        Gen.Select(Definition.Array[0, 20], Text.Array[1, 10], Gen.OneOf("GET", "POST", "", "\0")).Sample(
            (definitions, paths, method) =>
            {
                var valid = definitions.Where(d => RoutePattern.Problem(d.Path) is null).ToArray();
                var table = RouteTable.Build(valid, []);
                return table.Count <= valid.Length
                    && paths.Concat(valid.Select(v => v.Path)).All(path => CapturesLieInside(table, path, method));
            },
            iter: 20_000);

    [Test]
    public void Two_routes_replace_each_other_exactly_if_they_have_the_same_shape()
    {
        var segment = Gen.OneOf("a", "%61", "A", "{x}", "{y}");
        var path =
            from segments in segment.Array[1, 3]
                .Where(s => s.Count(p => p == "{x}") < 2 && s.Count(p => p == "{y}") < 2)
            from end in Gen.OneOf("", "", "/", "/{z+}", "/{w+}")
            select "/" + string.Join('/', segments) + end;
        var definition = Gen.Select(
            Gen.Frequency((9, path), (1, Gen.OneOf("/", "$default", "/{z+}", "/{w+}"))),
            Gen.OneOf("GET", "POST", "ANY"))
            .Select(d => new RouteDefinition(d.Item1, d.Item2, "f", "1.0", null, null, default));
        definition.Array[1, 12].Sample(
            definitions =>
            {
                var served = RouteTable.Build(definitions, []).All.Select(r => RouteShape.Of(r.Method, r.Path))
                    .ToList();
                return served.Count == served.Distinct().Count()
                    && served.ToHashSet().SetEquals(definitions.Select(d => d.Shape));
            },
            iter: 20_000);
    }

    [Test]
    public void A_served_pattern_without_parameters_matches_its_own_text() =>
        Definition.Array[1, 12].Sample(
            definitions =>
            {
                var valid = definitions.Where(d => RoutePattern.Problem(d.Path) is null
                    && !d.Path.Contains('{', StringComparison.Ordinal)
                    && d.Path != RoutePattern.Default
                    && d.Method == "GET").ToArray();
                var table = RouteTable.Build(valid, []);
                return table.All.All(r => table.TryMatch(CanonicalPath.Of(r.Path) ?? r.Path, "GET", out var match)
                    && match.Route!.Path == r.Path);
            },
            iter: 5_000);

    [Test]
    public void A_file_of_routes_that_is_almost_right_is_refused_or_served_and_nothing_else()
    {
        var value = Gen.OneOf(
            "f",
            "GET",
            "\"1.0\"",
            "2.0",
            "3",
            "[]",
            "{}",
            "~",
            "{container: f}",
            "{container: [f]}",
            "{type: jwt}",
            "{allow_origins: '*'}",
            "{allow_origins: [{}]}",
            "{max_age: -1}",
            "&a x",
            "*a",
            "!!str 1",
            "'");
        var key = Gen.OneOf("path", "method", "function", "payload", "cors", "authorizer", "unknown", "path");
        var route =
            from path in Text
            from pairs in Gen.Select(key, value).Array[0, 5]
            select $"  - path: {Quoted(path)}\n" + string.Concat(pairs.Select(p => $"    {p.Item1}: {p.Item2}\n"));
        route.Array[0, 6].Sample(
            routes =>
            {
                var found = new DiagnosticBag();
                if (ConfigurationDocument.Parse(
                    Encoding.UTF8.GetBytes("routes:\n" + string.Concat(routes)),
                    "routing.yml",
                    found) is not { } document)
                    return found.HasErrors;
                var file = RoutingFile.Read(document, found);
                return found.HasErrors || RouteTable.Build(file.Routes, new DiagnosticBag()).Count <= routes.Length;
            },
            iter: 5_000);
    }

    [Test]
    public async Task A_table_made_for_unsuccessful_searches_visits_each_node_at_most_once()
    {
        // A literal and a parameter at each level, and no pattern that matches the end of the path: every branch is
        // searched.
        const int Levels = 12;
        var patterns = Enumerable.Range(0, 1 << Levels).Select(bits =>
            new RouteDefinition("/"
                + string.Join('/', Enumerable.Range(0, Levels).Select(i => (bits >> i & 1) == 0 ? "a" : $"{{p{i}}}"))
                + "/end", "GET", "f", "1.0", null, null, default));
        var table = RouteTable.Build([.. patterns], []);
        await Assert.That(table.Count).IsEqualTo(1 << Levels);
        var path = string.Concat(Enumerable.Repeat("/a", Levels));
        await Assert.That(table.TryMatch(path + "/other", "GET", out _)).IsFalse();
        await Assert.That(table.TryMatch(path + "/end", "GET", out var match)).IsTrue();
        await Assert.That(match.Count).IsEqualTo(0);
    }

    private static bool CapturesLieInside(RouteTable table, string path, string method)
    {
        if (!table.TryMatch(path, method, out var match))
            return true;
        for (var i = 0; i < match.Count; i++)
        {
            if (match.Value(i, path).Length > path.Length)
                return false;
        }

        return match.Count == match.Route!.ParameterNames.Count;
    }

    private static string Quoted(string text) => "\""
        + string.Concat(text.Select(c => c is >= ' ' and <= '~' and not ('"' or '\\') ? $"{c}" : $"\\u{(int)c:x4}"))
        + "\"";
}
