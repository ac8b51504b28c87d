using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Benchmarks.Bare;

/// <summary>The minimum that any program does with a template: it reads the YAML into a tree.</summary>
internal static class TemplateParse
{
    public static int Run(string template) =>
        YamlReader.Read(File.ReadAllText(template), template, new DiagnosticBag()) is null ? 1 : 0;
}
