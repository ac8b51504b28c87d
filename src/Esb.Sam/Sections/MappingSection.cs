using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>
/// Checks <c>Mappings</c>: a name, keys of the first level, names of the second, text or lists. Source: CloudFormation
/// User Guide, "CloudFormation template Mappings syntax".
/// </summary>
internal static class MappingSection
{
    public static void Check(YamlMapping template, DiagnosticBag diagnostics)
    {
        foreach (var (name, map) in Own(template["Mappings"]))
        {
            if (!TemplateNames.IsLogicalId(name.Value))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{name.Value}' is not the name of a mapping",
                    name,
                    "allowed: letters and digits");
            if (!IsFilled(map, $"the mapping '{name.Value}'", diagnostics))
                continue;
            foreach (var (key, values) in Own(map))
            {
                if (IsFilled(values, $"the mapping '{name.Value}', '{key.Value}'", diagnostics))
                    CheckValues($"the mapping '{name.Value}', '{key.Value}'", values, diagnostics);
            }
        }
    }

    private static void CheckValues(string subject, YamlNode values, DiagnosticBag diagnostics)
    {
        foreach (var (name, value) in Own(values))
        {
            if (!TemplateNames.IsLogicalId(name.Value))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{subject}: '{name.Value}' is not the name of a value",
                    name,
                    "allowed: letters and digits");
            if (value is YamlMapping or YamlScalar { IsNull: true }
                || (value is YamlSequence list && list.Items.Any(i => i is not YamlScalar { IsNull: false })))
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{subject}: '{name.Value}' must be text or a list of text, but is {Told.Kind(value)}",
                    value,
                    "a mapping contains plain values, not functions");
        }
    }

    private static bool IsFilled(YamlNode node, string subject, DiagnosticBag diagnostics)
    {
        if (node is YamlMapping { Entries.Count: > 0 })
            return true;
        diagnostics.Error(
            DiagnosticCodes.WrongKind,
            $"{subject} must be a mapping with entries, but is {(node is YamlMapping ? "empty" : Told.Kind(node))}",
            node);
        return false;
    }

    // The entries of an include are checked elsewhere.
    private static IEnumerable<YamlEntry> Own(YamlNode? node) =>
        (node as YamlMapping)?.Entries.Where(e => !e.Key.Value.StartsWith("Fn::", StringComparison.Ordinal)) ?? [];
}
