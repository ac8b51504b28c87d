using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Templates;

/// <summary>A table of TOML while it is read. What is said of a key is said once. Source: TOML 1.0, "Keys", "Table".</summary>
internal sealed class TomlTable(Place place)
{
    private readonly OrderedDictionary<string, (Place Place, object Value)> _entries = new(StringComparer.Ordinal);
    private bool _hasHeader;

    /// <summary>Makes the table of a <c>[header]</c>.</summary>
    /// <exception cref="FormatException">It is there already, or a value is.</exception>
    public TomlTable Open(IReadOnlyList<string> path, Place at)
    {
        var table = Below(path, at);
        if (table._hasHeader)
            throw new FormatException($"the table '{string.Join('.', path)}' is there twice");
        table._hasHeader = true;
        return table;
    }

    /// <exception cref="FormatException">The key has a value already.</exception>
    public void Add(IReadOnlyList<string> path, YamlNode value, Place at)
    {
        var table = Below([.. path.Take(path.Count - 1)], at);
        if (!table._entries.TryAdd(path[^1], (at, value)))
            throw new FormatException($"the key '{string.Join('.', path)}' is there twice");
    }

    public YamlMapping ToMapping() => new(
        [.. _entries.Select(e => new YamlEntry(new YamlScalar(e.Key, place: e.Value.Place), e.Value.Value as YamlNode ?? ((TomlTable)e.Value.Value).ToMapping()))], place);

    private TomlTable Below(IReadOnlyList<string> path, Place at)
    {
        var table = this;
        foreach (var step in path)
        {
            if (!table._entries.TryGetValue(step, out var there))
                table._entries[step] = there = (at, new TomlTable(at));
            table = there.Value as TomlTable ?? throw new FormatException($"'{step}' has a value already, and is no table");
        }

        return table;
    }
}
