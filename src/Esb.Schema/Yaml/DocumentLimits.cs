namespace Esb.Schema.Yaml;

/// <summary>Whether a document that was put together, as by a merge, is still one that <see cref="YamlReader"/> would read.</summary>
public static class DocumentLimits
{
    /// <summary>What is too much, or null.</summary>
    public static string? Problem(YamlNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var (nodes, characters) = (0, 0L);
        var depth = Measure(root, 1, ref nodes, ref characters);
        return depth > YamlReader.MaxDepth ? $"it is nested deeper than {YamlReader.MaxDepth}"
            : nodes > YamlReader.MaxNodes ? $"it has more than {YamlReader.MaxNodes} nodes"
            : characters > YamlReader.MaxCharacters ? $"it has more than {YamlReader.MaxCharacters} characters"
            : null;
    }

    private static int Measure(YamlNode node, int depth, ref int nodes, ref long characters)
    {
        nodes++;
        var deepest = depth;
        switch (node)
        {
            case YamlScalar scalar:
                characters += scalar.Value.Length;
                return depth - 1;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                    deepest = Math.Max(deepest, Measure(item, depth + 1, ref nodes, ref characters));
                break;
            case YamlMapping mapping:
                nodes += mapping.Entries.Count;
                foreach (var (key, value) in mapping.Entries)
                {
                    characters += key.Value.Length;
                    deepest = Math.Max(deepest, Measure(value, depth + 1, ref nodes, ref characters));
                }

                break;
        }

        return deepest;
    }
}
