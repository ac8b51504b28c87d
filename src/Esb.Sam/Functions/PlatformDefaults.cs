using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Functions;

/// <summary>
/// The defaults that a template sets for all functions of the platform, whichever application they belong to:
/// <c>Metadata: ESB: Defaults</c>, with the keys of <c>defaults</c> in functions.yml. <c>Globals</c> apply to the
/// template's own functions only. CloudFormation ignores metadata.
/// </summary>
internal static class PlatformDefaults
{
    private const string Own = "ESB";
    private const string Defaults = "Defaults";

    public static FunctionDefaults Read(YamlMapping template, Resolver resolver, StackContext context)
    {
        var diagnostics = context.Diagnostics;
        foreach (var (key, _) in ((template["Metadata"] as YamlMapping)?.Entries ?? [])
            .Where(e => e.Key.Value != Own && e.Key.Value.Equals(Own, StringComparison.OrdinalIgnoreCase)))
            context.LeaveOut("Metadata", key.Value, $"did you mean '{Own}'?", key);
        if ((template["Metadata"] as YamlMapping)?[Own] is not { } own)
            return FunctionDefaults.None;
        if (own is not YamlMapping mapping)
        {
            diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"Metadata: '{Own}' must be a mapping, but is {own.Kind}",
                own,
                "for example ESB: { Defaults: { timeout: 30 } }");
            return FunctionDefaults.None;
        }

        Known(mapping, $"Metadata, {Own}", [Defaults], diagnostics);
        if (mapping[Defaults] is not { } written
            || resolver.Resolve(written) is not { } resolved
            || resolved is YamlScalar { IsNull: true })
            return FunctionDefaults.None;
        if (resolved is not YamlMapping values)
        {
            diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"Metadata, {Own}: '{Defaults}' must be a mapping, but is {resolved.Kind}",
                written,
                $"allowed: {string.Join(", ", FunctionDefaults.Keys)}");
            return FunctionDefaults.None;
        }

        var subject = $"Metadata, {Own}, {Defaults}";
        Known(values, subject, FunctionDefaults.Keys, diagnostics);
        if (values["scaling"] is YamlMapping scaling)
            Known(scaling, $"{subject}, scaling", FunctionDefaults.ScalingKeys, diagnostics);
        DynamicReferences.Check("Metadata", $"{Own}.{Defaults}", values, diagnostics);
        if (values["environment"] is YamlMapping variables)
            EnvironmentRule.Check(subject, variables, diagnostics);
        context.Receipt.Applied("Metadata", $"{Own}.{Defaults}", written);
        var defaults = FunctionDefaults.Read(new MappingReader(values, subject, diagnostics), diagnostics);
        if (defaults.Scaling.MinCapacity > defaults.Scaling.MaxCapacity)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{subject}, scaling: 'min_capacity' is {defaults.Scaling.MinCapacity}, more than 'max_capacity'",
                values["scaling"],
                $"allowed: at most {defaults.Scaling.MaxCapacity}");
        return defaults;
    }

    private static void Known(
        YamlMapping mapping,
        string subject,
        IReadOnlyList<string> known,
        DiagnosticBag diagnostics)
    {
        foreach (var (key, _) in mapping.Entries.Where(e => !known.Contains(e.Key.Value)))
        {
            var allowed = $"allowed: {string.Join(", ", known)}";
            diagnostics.Error(
                DiagnosticCodes.UnknownKey,
                $"{subject}: unknown key '{key.Value}'",
                key,
                NearMiss.Help(key.Value, known) ?? allowed);
        }
    }
}
