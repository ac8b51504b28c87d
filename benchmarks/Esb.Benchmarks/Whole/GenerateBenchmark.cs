using System.Globalization;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// `esb generate` for 1,000 functions, compared with a program that only parses the same YAML. Measured in processor
/// time of whole processes, since both are short and the disk is not to be measured.
/// </summary>
internal static class GenerateBenchmark
{
    private const int Count = 1_000;

    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var folder = Directory.CreateTempSubdirectory("esb-generate-").FullName;
        try
        {
            yield return One(
                setting,
                folder,
                "esb generate, 1,000 functions with variables, policies and two routes (floor: YAML parsed)",
                TemplateText.Large(Count));
            yield return One(
                setting,
                folder,
                "the same, small functions with six variables of Globals",
                TemplateText.Small(Count));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Figure One(Setting setting, string folder, string what, string text)
    {
        var template = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{text.Length}.yaml"));
        File.WriteAllText(template, text);
        List<double> parsed = [];
        List<double> generated = [];
        for (var round = 0; round < setting.Rounds(25, 7); round++)
        {
            parsed.Add(Spawn.Processor(Setting.Self, "parse", template));
            generated.Add(
                Spawn.Processor(setting.Binary("esb"), "generate", "-t", template, "-o", Path.Combine(folder, "out")));
        }

        return new Figure(what, "ms", Median.Of(parsed), Median.Of(generated), Goal.RatioAtMost(3));
    }
}
