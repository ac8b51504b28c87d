using System.Globalization;
using System.Text;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;
using Esb.Gateway.Configuration;
using Esb.Gateway.Routing;
using Esb.Gateway.Workers;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Benchmarks.Micro;

/// <summary>
/// From the bytes of the files to a snapshot: how much of it is parsing and how much building, and the memory that a
/// function and a route use.
/// </summary>
internal static class BuildBenchmark
{
    public static IEnumerable<Figure> Measure(Setting setting)
    {
        foreach (var count in new[] { 1, 1_000, 10_000 })
        {
            var text = count.ToString("#,0", CultureInfo.InvariantCulture);
            var (functions, routing) = (
                Bytes(ConfigurationText.Functions(count)),
                Bytes(ConfigurationText.Routing(count)));
            var rounds = setting.Rounds(count > 1_000 ? 9 : 25, 3);
            var written = Parse(functions, routing);
            var (parse, reload) = Timing.Alternate(
                () => Parse(functions, routing),
                () => Build(Parse(functions, routing), Empty),
                rounds);
            yield return new Figure(
                $"both files parsed and built, {text} functions and routes (floor: parsed)",
                "ms",
                parse,
                reload,
                Goal.RatioAtMost(1.2));
            var built = Build(written, Empty);
            var changed = Bytes(ConfigurationText.Functions(count, changed: count / 2));
            var (one, again) = Timing.Alternate(
                () => ParseFunctions(changed),
                () => Build(new WrittenConfiguration("2", ParseFunctions(changed), written.Routing), built),
                rounds);
            yield return new Figure(
                $"one of {text} functions changed, reload of its file (floor: parsed)",
                "ms",
                one,
                again,
                Goal.RatioAtMost(1.2));
            yield return new Figure(
                $"snapshot built from {text} parsed functions and routes",
                "ms",
                null,
                Timing.Milliseconds(() => Build(written, Empty), rounds),
                Goal.None);
        }

        const int Many = 10_000;
        var (allFunctions, allRouting) = (
            Bytes(ConfigurationText.Functions(Many)),
            Bytes(ConfigurationText.Routing(Many)));
        yield return new Figure(
            "memory kept for a function",
            "bytes",
            allFunctions.Length / (double)Many,
            Kept(() => Build(Parse(allFunctions, []), Empty)) / Many,
            Goal.None);
        yield return new Figure(
            "memory kept for a route",
            "bytes",
            allRouting.Length / (double)Many,
            (Kept(() => Build(Parse(allFunctions, allRouting), Empty))
                - Kept(() => Build(Parse(allFunctions, []), Empty))) / Many,
            Goal.None);
    }

    private static Snapshot Empty => new LiveConfiguration(TimeProvider.System).Current;

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Snapshot Build(WrittenConfiguration written, Snapshot previous) =>
        new SnapshotBuilder(new WorkerControl(_ => { }, _ => { }), TimeProvider.System)
            .Build(written, previous, new DiagnosticBag()).Snapshot;

    private static WrittenConfiguration Parse(byte[] functions, byte[] routing) =>
        new(
            "1",
            ParseFunctions(functions),
            RoutingFile.Read(
                ConfigurationDocument.Parse(routing, "routing.yml", new DiagnosticBag())!,
                new DiagnosticBag()));

    private static FunctionsFile ParseFunctions(byte[] functions) =>
        FunctionsFile.Read(
            ConfigurationDocument.Parse(functions, "functions.yml", new DiagnosticBag())!,
            new DiagnosticBag());

    private static double Kept(Func<Snapshot> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var kept = make();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(kept);
        return after - before;
    }
}
