using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// The rules of all properties that are read, by type. A test makes sure that every property of the catalogue has one.
/// </summary>
internal static class PropertyRules
{
    private static readonly Dictionary<string, ObjectRule> ByType =
        FunctionRules.All.Concat(EventRules.All).Concat(ApiRules.All).Concat(PlainApiRules.All).Concat(StoreRules.All)
            .ToDictionary(t => t.Type, t => t.Rule, StringComparer.Ordinal);

    /// <summary>The rule of a property; null when it has none.</summary>
    public static ValueRule? For(string type, string property) =>
        ByType.GetValueOrDefault(type)?.Keys.GetValueOrDefault(property);

    /// <summary>Checks resolved properties.</summary>
    /// <returns>The properties that can be used.</returns>
    public static YamlMapping Check(string logicalId, string type, YamlMapping properties, StackContext context)
    {
        var reader = new MappingReader(properties, logicalId, context.Diagnostics);
        List<YamlEntry>? usable = null;
        for (var i = 0; i < properties.Entries.Count; i++)
        {
            var entry = properties.Entries[i];
            var isValid = For(type, entry.Key.Value) is not { } rule
                || IsValid(rule, reader, entry.Key.Value, logicalId, context);
            if (isValid && usable is null)
                continue;
            usable ??= [.. properties.Entries.Take(i)];
            if (isValid)
                usable.Add(entry);
            else if (For(type, entry.Key.Value)!.Instead is { } instead)
                usable.Add(entry with { Value = instead });
        }

        foreach (var name in ByType.GetValueOrDefault(type)?.Required ?? [])
        {
            if (properties[name] is null or YamlScalar { IsNull: true })
                context.Diagnostics.Error(DiagnosticCodes.MissingKey, $"{logicalId}: '{name}' is missing", properties);
        }

        return usable is null ? properties : new YamlMapping(usable, properties.Place);
    }

    private static bool IsValid(
        ValueRule rule,
        MappingReader reader,
        string property,
        string logicalId,
        StackContext context)
    {
        var before = context.Diagnostics.Count;
        rule.Check(reader, property, new RuleScope(logicalId, property, context.Receipt, context.Diagnostics));
        return context.Diagnostics.Count == before
            || context.Diagnostics.Skip(before).All(d => d.Severity != Severity.Error);
    }
}
