using System.Globalization;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;
using Esb.Gateway.Routing;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Benchmarks.Micro;

/// <summary>Finding the route of a request among few and among many.</summary>
internal static class MatchBenchmark
{
    public static IEnumerable<Figure> Measure(Setting setting)
    {
        foreach (var count in new[] { 10, 1_000, 20_000 })
        {
            var table = Table(count);
            // Paths from the whole table, so that not only one cache line is measured.
            string[] paths =
            [
                .. Enumerable.Range(0, Math.Min(count, 512))
                    .Select(i => i * (count / Math.Min(count, 512)))
                    .Select(i => $"/service{i % 200}/items{i}/abc/parts/9"),
            ];
            void Repeat(int times) => MatchAll(table, paths, times);
            Repeat(1_000);
            var allocated = Timing.Allocated(Repeat, 10_000);
            yield return new Figure(
                $"match of one route among {count.ToString("#,0", CultureInfo.InvariantCulture)}",
                "ns",
                null,
                Timing.Nanoseconds(Repeat, setting.Rounds(30, 8)),
                Goal.AtMost(200));
            yield return new Figure($"  allocated by it", "bytes", null, allocated, Goal.AtMost(0));
        }
    }

    private static RouteTable Table(int count) => RouteTable.Build(
        [
            .. Enumerable.Range(0, count)
                .Select(i =>
                    new RouteDefinition(
                        $"/service{i % 200}/items{i}/{{id}}/parts/{{part}}",
                        "GET",
                        "f",
                        "1.0",
                        null,
                        null,
                        default)),
        ],
        new DiagnosticBag());

    private static void MatchAll(RouteTable table, string[] paths, int times)
    {
        for (var i = 0; i < times; i++)
        {
            // As for a request: a path in canonical form is matched unchanged.
            var path = paths[i % paths.Length];
            if (!CanonicalPath.IsPlain(path) || !table.TryMatch(path, "GET", out var match) || match.Count != 2)
                throw new InvalidOperationException("a route was not found");
        }
    }
}
