using System.Diagnostics;
using System.Globalization;
using Esb.Benchmarks.Figures;
using Esb.Benchmarks.Running;

namespace Esb.Benchmarks.Whole;

/// <summary>
/// Many concurrent deploys into one folder, compared with one after the other; afterwards, every function must exist.
/// </summary>
internal static class DeployBenchmark
{
    public static IEnumerable<Figure> Measure(Setting setting)
    {
        var root = Directory.CreateTempSubdirectory("esb-deploys-").FullName;
        var count = setting.Rounds(100, 10);
        var templates = Enumerable.Range(0, count + 10).Select(i => Template(root, i)).ToList();
        var one = Median.Of(templates[count..].Select(t => Milliseconds([t], setting, root)).ToArray());
        var all = Milliseconds(templates[..count], setting, root);
        var written = File.ReadAllText(Path.Combine(root, "config", "functions.yml"));
        var lost = Enumerable.Range(0, count + 10)
            .Count(i => !written.Contains($"  deploy{i}:\n", StringComparison.Ordinal));
        yield return new Figure(
            $"{count.ToString(CultureInfo.InvariantCulture)} deploys at once, each (floor: one alone)",
            "ms",
            one,
            all / count,
            Goal.None);
        yield return new Figure("  functions lost", "", null, lost, Goal.AtMost(0));
        Directory.Delete(root, recursive: true);
    }

    private static string Template(string root, int number)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, $"project{number}")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "src"));
        File.WriteAllText(Path.Combine(folder, "src", "app.py"), $"# {number}\n" + WorkerCode.Python.Text);
        var template = Path.Combine(folder, "template.yaml");
        File.WriteAllText(template, $$"""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Function:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: deploy{{number}}
                  CodeUri: src/
                  Handler: app.handler
                  Runtime: python3.11
                  Events:
                    Get: { Type: Api, Properties: { Path: /deploy{{number}}, Method: GET } }
            """);
        return template;
    }

    private static double Milliseconds(IReadOnlyList<string> templates, Setting setting, string root)
    {
        var started = Stopwatch.GetTimestamp();
        var processes = templates.Select(t => Start(t, setting, root)).ToList();
        foreach (var process in processes)
        {
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"esb deploy: {said}");
            process.Dispose();
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static Process Start(string template, Setting setting, string root)
    {
        var start = new ProcessStartInfo(setting.Binary("esb"), ["deploy", "-t", template, "--env", "bench"])
        {
            WorkingDirectory = Path.GetDirectoryName(template)!,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["CONFIG_DIR"] = Path.Combine(root, "config");
        start.Environment["ESB_STATE_DIR"] = Path.Combine(root, "state");
        start.Environment["PATH"] = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH");
        // Nothing listens there, because only the deploy is measured.
        start.Environment["GATEWAY_PORT"] = "1";
        start.Environment["ADMIN_PORT"] = "2";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }
}
