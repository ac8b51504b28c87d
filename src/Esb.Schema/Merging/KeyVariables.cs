using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>
/// Environment variables of the gateway that contain API keys. The variable of an existing key is set on the machine; a
/// deploy that named it differently would close the APIs of the key. A variable that several keys share is not kept,
/// because they could not have different secrets.
/// </summary>
internal static class KeyVariables
{
    private const string Variable = "value_env";

    /// <summary>
    /// The keys of a deploy, each with the variable that the same key has already, unless another key has it too.
    /// </summary>
    public static YamlNode Kept(YamlNode? existing, YamlNode incoming, ItemKey keys)
    {
        if (existing is not YamlSequence there || incoming is not YamlSequence coming)
            return incoming;
        var owners = Mappings(there).Select(k => (Key: keys.Identity(k), Variable: Of(k))).Where(o => o.Key is not null
            && o.Variable is not null).Distinct()
            .ToLookup(o => o.Variable!, o => o.Key!, StringComparer.Ordinal);
        var before = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in owners.Where(o => o.Count() == 1))
            before[variable.Single()] = variable.Key;
        return new YamlSequence([.. coming.Items.Select(i => With(i, keys, before, coming))], incoming.Place);
    }

    private static YamlNode With(YamlNode item, ItemKey keys, Dictionary<string, string> before, YamlSequence coming) =>
        item is YamlMapping key && Of(key) is { } own && keys.Identity(key) is { } identity
            && before.TryGetValue(identity, out var variable) && variable != own
        && !Mappings(coming).Any(k => k != key && Of(k) == variable)
            ? key.With(Variable, YamlScalar.Text(variable))
            : item;

    private static IEnumerable<YamlMapping> Mappings(YamlSequence list) => list.Items.OfType<YamlMapping>();

    private static string? Of(YamlMapping key) =>
        key[Variable] is YamlScalar { IsNull: false } text ? text.Value : null;
}
