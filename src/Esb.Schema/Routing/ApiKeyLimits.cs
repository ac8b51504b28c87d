using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// Unread keys of an API key. Each may be meant as a limit, and there are too many words for limits to list them, so
/// such an API key opens nothing. A key that is only a note begins with <c>x-</c> and must not be named like a limit.
/// </summary>
internal static class ApiKeyLimits
{
    private static readonly HashSet<string> OfKeys = new(StringComparer.Ordinal)
    {
        "name", "value", "value_env", "enabled", "rate", "burst", "quota", "apis", ApplicationName.Key,
    };

    private static readonly HashSet<string> OfQuotas = new(StringComparer.Ordinal) { "limit", "period", "offset" };

    // If one of these keys were disabled by an x- prefix, the API key would open more.
    private static readonly string[] Limits = ["enabled", "rate", "burst", "quota", "apis", "limit", "period"];

    private static readonly HashSet<string> OfApis = new(StringComparer.Ordinal) { "api", "stage" };

    /// <summary>Whether everything in an API key is read; warns of each key that is not.</summary>
    public static bool AreRead(MappingReader key, DiagnosticBag diagnostics)
    {
        var parts = PartsOf(key.Mapping).ToList();
        var unread = parts.SelectMany(p => Unread(p.Mapping, p.Known)).ToList();
        foreach (var (name, known) in unread)
        {
            diagnostics.Warning(
                DiagnosticCodes.UnknownKey,
                $"{key.Subject} opens nothing: its key '{name.Value}' may be a limit, but is not read",
                name,
                GuardKeys.Nearest(name.Value, known) ?? "a key that is only a note begins with x-");
        }

        // An empty list of APIs is reported where it is read.
        var empty = parts.SelectMany(p => GuardKeys.Empty(p.Mapping, p.Known))
            .Where(k => k.Value is not ("apis" or "value" or "value_env"))
            .ToList();
        foreach (var name in empty)
            diagnostics.Warning(
                DiagnosticCodes.MissingKey,
                $"{key.Subject} opens nothing: its key '{name.Value}' has no value",
                name,
                "give it a value, or leave the key out");

        if (!IsGiven(key.Mapping["burst"]) || IsGiven(key.Mapping["rate"]))
            return unread.Count == 0 && empty.Count == 0;
        diagnostics.Warning(
            DiagnosticCodes.MissingKey,
            $"{key.Subject} opens nothing: its 'burst' has no effect without a 'rate'",
            key.Mapping.KeyNode("burst"),
            "add rate: REQUESTS-PER-SECOND");
        return false;
    }

    // The key itself, its quota, and its entries for APIs.
    private static IEnumerable<(YamlMapping Mapping, HashSet<string> Known)> PartsOf(YamlMapping key)
    {
        yield return (key, OfKeys);
        if (key["quota"] is YamlMapping quota)
            yield return (quota, OfQuotas);
        foreach (var api in (key["apis"] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [])
            yield return (api, OfApis);
    }

    private static IEnumerable<(YamlScalar Name, HashSet<string> Known)> Unread(
        YamlMapping mapping,
        HashSet<string> known) =>
        mapping.Entries.Where(e => !known.Contains(e.Key.Value) && !GuardKeys.IsNote(e.Key.Value, Limits))
            .Select(e => (e.Key, known));

    private static bool IsGiven(YamlNode? node) => node is not null and not YamlScalar { IsNull: true };
}
