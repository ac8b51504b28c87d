namespace Esb.Schema.Yaml;

/// <summary>
/// The merge key <c>&lt;&lt;</c>: the entries of the mappings that it names, unless the mapping itself has the key; of
/// several mappings, the earlier one takes precedence. Source: YAML, "Merge Key Language-Independent Type for YAML
/// Version 1.1".
/// </summary>
internal static class MergeKeys
{
    /// <summary>Whether a key is the merge key. It must be plain, because in quotes it is text.</summary>
    public static bool Is(YamlScalar key) => key is { IsPlain: true, Value: "<<" };

    /// <summary>
    /// Returns the entries, preceded by the merged ones; positions are those where entries were written.
    /// </summary>
    public static List<YamlEntry> Expand(List<YamlEntry> entries, Action<string, YamlNode> wrong)
    {
        var at = entries.FindIndex(e => Is(e.Key));
        if (at < 0)
            return entries;
        var value = entries[at].Value;
        entries.RemoveAt(at);
        var taken = entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        List<YamlEntry> merged = [];
        foreach (var node in value is YamlSequence list ? list.Items : [value])
        {
            if (node is YamlMapping mapping)
                merged.AddRange(mapping.Entries.Where(e => taken.Add(e.Key.Value)));
            else
                wrong($"'<<' must be a mapping or a list of mappings, but is {node.Kind}", node);
        }

        return [.. merged, .. entries];
    }
}
