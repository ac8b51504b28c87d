using System.Globalization;
using System.Text;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Benchmarks.Micro;

/// <summary>
/// One function merged into a file of many, compared with reading and writing the same file without a change.
/// </summary>
internal static class MergeBenchmark
{
    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var folder = Directory.CreateTempSubdirectory("esb-merge-").FullName;
        try
        {
            var incoming = Read(Encoding.UTF8.GetBytes(
                "functions:\n" + ConfigurationText.Function("fresh", "/srv/fresh", "python3.11", "app.handler")));
            foreach (var count in new[] { 1, 1_000, 10_000 })
            {
                var path = Path.Combine(folder, $"functions-{count}.yml");
                File.WriteAllText(path, ConfigurationText.Functions(count));
                var output = path + ".out";
                var (floor, value) = Timing.Alternate(
                    () => Write(output, Read(File.ReadAllBytes(path))),
                    () => Write(output, FunctionsMerge.Merge(Read(File.ReadAllBytes(path)), incoming).Merged),
                    setting.Rounds(count > 1_000 ? 9 : 25, 3));
                yield return new Figure(
                    $"merge of one into {count.ToString("#,0", CultureInfo.InvariantCulture)} functions "
                        + "(floor: read and write)",
                    "ms",
                    floor,
                    value,
                    Goal.RatioAtMost(1.5));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static YamlMapping Read(byte[] bytes) =>
        ConfigurationDocument.Parse(bytes, "functions.yml", new DiagnosticBag())!;

    private static void Write(string path, YamlMapping document) =>
        AtomicFile.Write(path, ConfigurationDocument.Write(document, []));
}
