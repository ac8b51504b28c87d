using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Sections;

/// <summary>
/// Checks <c>Outputs</c>, and that the names in them exist. Source: CloudFormation User Guide, "CloudFormation template
/// Outputs syntax".
/// </summary>
internal sealed class OutputSection(YamlMapping template, Resolver trial)
{
    private const int MaxDescriptionBytes = 1024;

    private static readonly string[] Keys = ["Description", "Value", "Export", "Condition"];

    private readonly DiagnosticBag _diagnostics = trial.Diagnostics;

    private readonly List<YamlNode> _exported = [];

    private readonly NamedParts _names = new(trial);

    public void Check()
    {
        foreach (var (name, node) in (template["Outputs"] as YamlMapping)?.Entries ?? [])
        {
            var subject = $"output '{name.Value}'";
            if (!TemplateNames.IsLogicalId(name.Value))
                _diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{name.Value}' is not the name of an output",
                    name,
                    "allowed: letters and digits");
            else if (node is YamlMapping output)
                Check(output, new MappingReader(output, subject, _diagnostics));
            else
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{subject} must be a mapping, but is {Told.Kind(node)}",
                    node,
                    "for example { Value: !Ref OrdersFunction }");
        }
    }

    private void Check(YamlMapping output, MappingReader reader)
    {
        foreach (var (key, _) in output.Entries.Where(e => !Keys.Contains(e.Key.Value)))
            _diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{reader.Subject}: unknown key '{key.Value}'",
                key,
                NearMiss.Help(key.Value, Keys) ?? $"allowed: {string.Join(", ", Keys)}");
        Told.CheckDescription(output, reader.Subject, MaxDescriptionBytes, _diagnostics);
        var isMade = IsCreated(output, reader);
        if (output["Value"] is null or YamlScalar { IsNull: true })
            _diagnostics.Error(DiagnosticCodes.MissingKey, $"{reader.Subject}: 'Value' is missing", output);
        else if (output["Value"] is YamlSequence || (output["Value"] is YamlMapping map && !IsFunction(map)))
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{reader.Subject}: 'Value' must be text, but is {output["Value"]!.Kind}",
                output["Value"]);
        else if (isMade)
            _names.Check(output["Value"]!);
        if (reader.Nested("Export") is not { } export)
            return;
        foreach (var (key, _) in export.Mapping.Entries.Where(e => e.Key.Value != "Name"))
            _diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{export.Subject}: unknown key '{key.Value}'",
                key,
                NearMiss.Help(key.Value, ["Name"]) ?? "allowed: Name");
        if (export.Mapping["Name"] is not { } exported
            || exported is YamlScalar { IsNull: true } or YamlScalar { Value: "" })
            _diagnostics.Error(DiagnosticCodes.MissingKey, $"{export.Subject}: 'Name' is missing", export.Mapping);
        else if (isMade)
            CheckExported(exported, export);
    }

    private void CheckExported(YamlNode exported, MappingReader export)
    {
        _names.Check(exported);
        // A computed name may depend on values that only AWS knows, but two that are written alike have the same value
        // there too.
        if (_exported.Exists(e => e.ContentEquals(exported)))
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{export.Subject}: another output already has "
                    + $"{(exported is YamlScalar { Value: var text } ? $"the name '{text}'" : "the same name")}",
                exported,
                "CloudFormation exports a name only once in a region");
        _exported.Add(exported);
    }

    private static bool IsFunction(YamlMapping mapping) => mapping.Entries is [{ Key.Value: var only }]
        && (only == "Ref" || only.StartsWith("Fn::", StringComparison.Ordinal));

    private bool IsCreated(YamlMapping output, MappingReader reader) => output["Condition"] switch
    {
        null or YamlScalar { IsNull: true } => true,
        YamlScalar condition => trial.Condition(condition.Value, condition),
        _ => reader.Text("Condition") is not null,
    };
}
