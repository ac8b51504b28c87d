using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Templates;

/// <summary>
/// A file that <c>--parameter-overrides</c> names as <c>file://PATH</c>, YAML or JSON: a mapping of names to values, or
/// a list of such mappings, of <c>Key=Value</c> and of CloudFormation's <c>{ParameterKey, ParameterValue}</c>. A list
/// as a value becomes its items joined by commas.
/// </summary>
internal static class ParameterFile
{
    /// <summary>The prefix of an argument that names one.</summary>
    public const string Prefix = "file://";

    private const string Form = "allowed: a mapping of names to values, or a list of Key=Value";

    /// <summary>The path in an argument.</summary>
    public static string PathIn(string argument) => argument[Prefix.Length..];

    /// <exception cref="CommandFailure">The file cannot be read.</exception>
    internal static IReadOnlyList<(string Name, string Value)> Read(
        string file, ParameterFiles files, DiagnosticBag diagnostics)
    {
        var values = new List<(string, string)>();
        if (TemplateBytes.Decode(NamedFile.Read(file), file, diagnostics) is not { } text
            || YamlReader.Read(text, file, diagnostics) is not { } node)
            return values;
        foreach (var item in node is YamlSequence list ? list.Items : [node])
            Add(item, values, files, diagnostics);
        return values;
    }

    private static void Add(
        YamlNode item, List<(string, string)> values, ParameterFiles files, DiagnosticBag diagnostics)
    {
        switch (item)
        {
            case YamlScalar { IsNull: false } pair:
                var own = ParameterOverrides.Parse([pair.Value], diagnostics, files, namedBy: item.Place.File);
                values.AddRange(own.Select(p => (p.Key, p.Value)));
                break;
            case YamlMapping mapping when mapping.Contains("ParameterKey"):
                if (Text(mapping["ParameterKey"]) is { } key && mapping.Contains("ParameterValue"))
                    Add(key, mapping["ParameterValue"]!, values, diagnostics);
                else
                    diagnostics.Error(DiagnosticCodes.WrongKind, "'ParameterValue' is missing", mapping, Form);
                break;
            case YamlMapping mapping:
                foreach (var (name, value) in mapping.Entries)
                    Add(name.Value, value, values, diagnostics);
                break;
            default:
                diagnostics.Error(DiagnosticCodes.WrongKind, $"parameters cannot be read from {item.Kind}", item, Form);
                break;
        }
    }

    private static void Add(string name, YamlNode value, List<(string, string)> values, DiagnosticBag diagnostics)
    {
        if (value is YamlSequence list && list.Items.All(i => Text(i) is not null))
            values.Add((name, string.Join(',', list.Items.Select(Text))));
        else if (Text(value) is { } text)
            values.Add((name, text));
        else
            diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"the value of '{name}' must be text, a number or a list of these, but is {value.Kind}",
                value);
    }

    private static string? Text(YamlNode? node) => node is YamlScalar { IsNull: false } text ? text.Value : null;
}
