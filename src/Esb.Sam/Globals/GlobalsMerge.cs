using Esb.Sam.Receipts;
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

    private static readonly Dictionary<string, string> SectionOf = Sections.ToDictionary(s => s.Value, s => s.Key, StringComparer.Ordinal);

    /// <summary>Says which sections and properties nobody reads.</summary>
    public static void Check(YamlMapping globals, DiagnosticBag diagnostics)
    {
        foreach (var (section, value) in globals.Entries)
        {
            if (!Sections.TryGetValue(section.Value, out var type))
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"Globals: unknown section '{section.Value}'", section, NearMiss.Help(section.Value, Sections.Keys) ?? $"allowed are {string.Join(", ", Sections.Keys)}");
            else if (value is not YamlMapping and not YamlScalar { IsNull: true })
                diagnostics.Error(DiagnosticCodes.WrongKind, $"Globals: '{section.Value}' must be a mapping, this is {value.Kind}", value);
            else if (value is YamlMapping properties && KnownProperties.For(type) is { } known)
                Check(section.Value, properties, known, diagnostics);
        }
    }

    private static void Check(string section, YamlMapping properties, KnownProperties known, DiagnosticBag diagnostics)
    {
        foreach (var (property, _) in properties.Entries)
        {
            if (known[property.Value] is null && !property.Value.StartsWith("Fn::", StringComparison.Ordinal))
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"Globals, {section}: unknown property '{property.Value}'", property, NearMiss.Help(property.Value, known.Names));
        }
    }

    /// <summary>The properties of a resource of this type with the globals below them.</summary>
    /// <param name="globals">The section as a whole.</param>
    /// <param name="type">The resource's type.</param>
    /// <param name="properties">What it says itself.</param>
    /// <param name="ignored"><c>IgnoreGlobals</c>: <c>*</c>, or names of properties that it does not take from them.</param>
    public static YamlMapping Apply(YamlMapping globals, string type, YamlMapping properties, YamlNode? ignored = null)
    {
        if (!SectionOf.TryGetValue(type, out var section) || globals[section] is not YamlMapping common || ignored is YamlScalar { Value: "*" })
            return properties;
        if (ignored is YamlSequence names)
            common = names.Items.OfType<YamlScalar>().Aggregate(common, (left, name) => left.Without(name.Value));
        return (YamlMapping)Merge(common, properties);
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
