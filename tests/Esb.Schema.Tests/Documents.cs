using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Tests;

/// <summary>Helpers to create and examine documents.</summary>
internal static class Documents
{
    public static YamlMapping Parse(string text)
    {
        var diagnostics = new DiagnosticBag();
        var node = YamlReader.Read(text, "test.yml", diagnostics);
        return diagnostics.HasErrors || node is not YamlMapping mapping
            ? throw new ArgumentException(string.Join('\n', diagnostics))
            : mapping;
    }

    public static List<string> ErrorsOf(string text)
    {
        var diagnostics = new DiagnosticBag();
        YamlReader.Read(text, "test.yml", diagnostics);
        return [.. diagnostics.Select(d => d.ToString())];
    }
}
