using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Globals;

/// <summary>
/// Merges <c>Globals</c> into each resource: mappings key by key, lists by appending, everything else by the resource's
/// own value. <c>AWS::NoValue</c> does not remove what controls access, because SAM refuses most such templates and the
/// guard would be removed silently. Source: AWS SAM Developer Guide, "Globals section of the AWS SAM template".
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

    private static readonly Dictionary<string, string> SectionOf = Sections.ToDictionary(
        s => s.Value, s => s.Key, StringComparer.Ordinal);

    /// <summary>Reports sections and properties that are unknown or have no effect here.</summary>
    public static void Check(YamlMapping globals, StackContext context)
    {
        var diagnostics = context.Diagnostics;
        foreach (var (section, value) in globals.Entries)
        {
            if (!Sections.TryGetValue(section.Value, out var type))
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"Globals: unknown section '{section.Value}'",
                    section,
                    NearMiss.Help(section.Value, Sections.Keys) ?? $"allowed: {string.Join(", ", Sections.Keys)}");
            else if (value is YamlScalar { IsNull: true })
                context.Receipt.Ignored("Globals", section.Value, NullValues.Reason, section);
            else if (value is not YamlMapping)
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"Globals: '{section.Value}' must be a mapping, but is {value.Kind}",
                    value);
            else if (KnownProperties.For(type) is not { } known)
                context.Receipt.Ignored("Globals", section.Value, Reasons.NotCreated(type), section);
            else if (value is YamlMapping properties)
            {
                Check(section.Value, properties, known, context);
                NullValues.Check("Globals", properties, context, $"{section.Value}.");
            }
        }
    }

    private static void Check(string section, YamlMapping properties, KnownProperties known, StackContext context)
    {
        foreach (var (property, _) in properties.Entries)
        {
            var allowed = GlobalProperties.Of(section);
            if (known[property.Value] is not { } fate)
                context.Diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"Globals, {section}: unknown property '{property.Value}'",
                    property,
                    NearMiss.Help(property.Value, allowed ?? known.Names));
            else if (allowed?.Contains(property.Value) == false)
                context.Diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"Globals, {section}: '{property.Value}' is not supported there",
                    property,
                    "SAM refuses it; write it in each resource");
            else if (fate.Outcome != Outcome.Applied)
                context.Receipt.Add("Globals", $"{section}.{property.Value}", fate.Outcome, fate.Reason, property);
        }
    }

    /// <summary>
    /// Reports errors in a resource's <c>IgnoreGlobals</c>. Otherwise the resource would get globals that it excludes.
    /// </summary>
    public static void CheckIgnored(YamlScalar resource, string type, YamlNode? ignored, DiagnosticBag diagnostics)
    {
        if (ignored is null or YamlScalar { Value: "*" } || KnownProperties.For(type) is not { } known)
            return;
        if (ignored is not YamlSequence names)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{resource.Value}: "
                    + $"'IgnoreGlobals' is {(ignored is YamlScalar text ? $"'{text.Value}'" : ignored.Kind)}",
                ignored,
                "allowed: '*' or a list of properties");
        foreach (var name in (ignored as YamlSequence)?.Items ?? [])
        {
            if (name is not YamlScalar property || known[property.Value] is null)
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{resource.Value}: 'IgnoreGlobals' has "
                        + $"{(name is YamlScalar other ? $"'{other.Value}', which {type} does not have" : name.Kind)}",
                    name,
                    name is YamlScalar near ? NearMiss.Help(near.Value, known.Names) : null);
        }
    }

    /// <summary>
    /// Returns the properties of a resource of this type, merged with the globals. Intrinsic functions are reported
    /// where SAM accepts none.
    /// </summary>
    /// <param name="globals">The whole section.</param>
    /// <param name="subject">The logical id.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="properties">The resource's own properties.</param>
    /// <param name="resolver">Evaluates conditions and reads includes.</param>
    /// <param name="ignored">
    /// <c>IgnoreGlobals</c>: <c>*</c>, or the names of properties that are not taken from the globals.
    /// </param>
    public static YamlMapping Apply(
        YamlMapping globals,
        string subject,
        string type,
        YamlMapping properties,
        Resolver resolver,
        YamlNode? ignored = null)
    {
        var common = Common(globals, type, ignored);
        var isApi = type is "AWS::Serverless::Api" or "AWS::Serverless::HttpApi";
        new PlacesWithoutFunctions(resolver).Check(
            subject, type, new PropertyMerge(resolver, ofApi: false).Of(common, properties));
        return new PropertyMerge(resolver, isApi).Of(common, properties);
    }

    private static YamlMapping Common(YamlMapping globals, string type, YamlNode? ignored)
    {
        if (!SectionOf.TryGetValue(type, out var section)
            || globals[section] is not YamlMapping common
            || ignored is YamlScalar { Value: "*" })
            return YamlMapping.Empty;
        return ignored is YamlSequence names
            ? names.Items.OfType<YamlScalar>().Aggregate(common, (left, name) => left.Without(name.Value))
            : common;
    }
}
