using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>
/// What <c>Globals</c> say, merged into each resource: mappings key by key, lists one after the other, everything else by the
/// resource's own value. Source: AWS SAM Developer Guide, "Globals section of the AWS SAM template".
/// </summary>
internal static class GlobalsMerge
{
    private static readonly Dictionary<string, string> Sections = new(StringComparer.Ordinal)
    {
        ["Function"] = "AWS::Serverless::Function",
        ["Api"] = "AWS::Serverless::Api",
        ["HttpApi"] = "AWS::Serverless::HttpApi",
        ["SimpleTable"] = "AWS::Serverless::SimpleTable",
        ["LayerVersion"] = "AWS::Serverless::LayerVersion",
        ["StateMachine"] = "AWS::Serverless::StateMachine",
        ["CapacityProvider"] = "AWS::Serverless::CapacityProvider",
        ["WebSocketApi"] = "AWS::Serverless::WebSocketApi",
    };

    /// <summary>Says which sections nobody reads.</summary>
    public static void Check(YamlMapping globals, DiagnosticBag diagnostics)
    {
        foreach (var (section, _) in globals.Entries)
        {
            if (!Sections.ContainsKey(section.Value))
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"Globals: unknown section '{section.Value}'", section, Receipts.NearMiss.Help(section.Value, Sections.Keys));
        }
    }

    /// <summary>The properties of a resource of this type with the globals below them.</summary>
    public static YamlMapping Apply(YamlMapping globals, string type, YamlMapping properties)
    {
        var section = Sections.FirstOrDefault(s => s.Value == type).Key;
        return section is not null && globals[section] is YamlMapping common ? (YamlMapping)Merge(common, properties) : properties;
    }

    private static YamlNode Merge(YamlNode common, YamlNode own)
    {
        if (common is YamlSequence first && own is YamlSequence second)
            return new YamlSequence([.. first.Items, .. second.Items], own.Place);
        // An intrinsic function is a value as a whole, not a mapping to be mixed with another one.
        if (common is not YamlMapping below || own is not YamlMapping above || IsFunction(below) || IsFunction(above))
            return own;
        var merged = below.Entries.Select(e => above[e.Key.Value] is { } mine ? new YamlEntry(above.KeyNode(e.Key.Value)!, Merge(e.Value, mine)) : e);
        return new YamlMapping([.. merged, .. above.Entries.Where(e => !below.Contains(e.Key.Value))], own.Place);
    }

    private static bool IsFunction(YamlMapping mapping) =>
        mapping.Entries is [var only] && (only.Key.Value == "Ref" || only.Key.Value.StartsWith("Fn::", StringComparison.Ordinal));
}
