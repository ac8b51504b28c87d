using System.Globalization;
using System.Text;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Micro;
using Esb.Benchmarks.Running;
using Esb.Benchmarks.Stores;
using Esb.Benchmarks.Whole;

namespace Esb.Benchmarks;

/// <summary>
/// Runs the groups in order: each measures its floor and its value in the same minute, then prints its rows.
/// </summary>
internal sealed class BenchmarkRun(string binaries, string output, bool quick, IReadOnlyList<string> only)
{
    public int Run()
    {
        var setting = new Setting(Path.GetFullPath(binaries), quick);
        (string Name, Func<Setting, IEnumerable<Figure>> Measure)[] groups =
        [
            ("match", MatchBenchmark.Measure),
            ("build", BuildBenchmark.Measure),
            ("merge", MergeBenchmark.Measure),
            ("command", CommandBenchmark.Measure),
            ("generate", GenerateBenchmark.Measure),
            ("start", StartBenchmark.Measure),
            ("warm", WarmBenchmark.Measure),
            ("path", PathBenchmark.Measure),
            ("reload", ReloadBenchmark.Measure),
            ("cold", ColdStartBenchmark.Measure),
            ("deploy", DeployBenchmark.Measure),
            ("stores", StoresBenchmark.Measure),
        ];
        if (only.Except(groups.Select(g => g.Name)).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine(
                $"there is no group '{unknown}'; there are {string.Join(", ", groups.Select(g => g.Name))}");
            return 2;
        }

        List<Figure> figures = [];
        Console.WriteLine(FigureTable.Head);
        foreach (var (name, measure) in groups.Where(g => only.Count == 0 || only.Contains(g.Name)))
        {
            try
            {
                foreach (var figure in measure(setting))
                {
                    figures.Add(figure);
                    Console.WriteLine(FigureTable.Row(figure));
                }
            }
            catch (Exception e) when (e is IOException or InvalidOperationException or TimeoutException)
            {
                Console.Error.WriteLine($"{name}: error: {e.Message}");
                figures.Add(new Figure(name, "", null, double.NaN, Goal.None));
            }
        }

        Directory.CreateDirectory(output);
        var file = Path.Combine(
            output,
            string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-ddTHHmmss}.json"));
        File.WriteAllText(file, FigureTable.Json(figures, quick), new UTF8Encoding(false));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\n{figures.Count(f => f.Reached == true)} goals reached, "
                + $"{figures.Count(f => f.Reached == false)} not; {file}"));
        return figures.Any(f => double.IsNaN(f.Value)) ? 1 : 0;
    }
}
