using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>Keys and values in the order in which they were written. Keys are unique.</summary>
public sealed class YamlMapping : YamlNode
{
    /// <summary>A mapping without keys.</summary>
    public static readonly YamlMapping Empty = new([]);

    // Small mappings are searched faster than hashed; a file with 10,000 functions is not small.
    private const int IndexFrom = 12;

    // An array of the exact length, which is searched without a call for each entry.
    private readonly YamlEntry[] _entries;
    private readonly Dictionary<string, int>? _index;

    /// <summary>
    /// Makes a mapping from entries, which must have different keys and must not be changed afterwards.
    /// </summary>
    public YamlMapping(IReadOnlyList<YamlEntry> entries, Place place = default, string? tag = null)
        : base(place, tag)
    {
        _entries = entries as YamlEntry[] ?? [.. entries];
        if (_entries.Length < IndexFrom)
            return;
        _index = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < _entries.Length; i++)
            _index.TryAdd(_entries[i].Key.Value, i);
    }

    /// <summary>The entries in order.</summary>
    public IReadOnlyList<YamlEntry> Entries => _entries;

    /// <summary>
    /// The entries as a span, so that loops over whole documents need no interface call for each entry.
    /// </summary>
    public ReadOnlySpan<YamlEntry> Span => _entries;

    /// <inheritdoc/>
    public override string Kind => "a mapping";

    /// <summary>The value under <paramref name="key"/>, or null.</summary>
    public YamlNode? this[string key] => Find(key) is var i && i >= 0 ? _entries[i].Value : null;

    /// <summary>Whether the key exists, whatever its value.</summary>
    public bool Contains(string key) => Find(key) >= 0;

    /// <summary>The key as it is in the document, for its position; null when it does not exist.</summary>
    public YamlScalar? KeyNode(string key) => Find(key) is var i && i >= 0 ? _entries[i].Key : null;

    /// <summary>Makes a mapping from pairs; pairs with a null value are omitted.</summary>
    public static YamlMapping Of(params ReadOnlySpan<(string Key, YamlNode? Value)> pairs)
    {
        var count = 0;
        foreach (var (_, value) in pairs)
            count += value is null ? 0 : 1;
        var entries = new YamlEntry[count];
        var next = 0;
        foreach (var (key, value) in pairs)
        {
            if (value is not null)
                entries[next++] = new YamlEntry(YamlScalar.Text(key), value);
        }

        return new YamlMapping(entries);
    }

    /// <summary>Returns the mapping with one value replaced in its place, or appended.</summary>
    public YamlMapping With(string key, YamlNode value)
    {
        var at = Find(key);
        List<YamlEntry> entries = [.. Entries];
        if (at >= 0)
            entries[at] = entries[at] with { Value = value };
        else
            entries.Add(new YamlEntry(YamlScalar.Text(key), value));
        return new YamlMapping(entries, Place, Tag);
    }

    /// <summary>Returns the mapping without the key.</summary>
    public YamlMapping Without(string key) =>
        Find(key) < 0 ? this : new YamlMapping([.. Entries.Where(e => e.Key.Value != key)], Place, Tag);

    /// <inheritdoc/>
    public override bool ContentEquals(YamlNode? other)
    {
        if (other is not YamlMapping mapping || mapping._entries.Length != _entries.Length || mapping.Tag != Tag)
            return false;
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key.Value != mapping._entries[i].Key.Value
                || !_entries[i].Value.ContentEquals(mapping._entries[i].Value))
                return false;
        }

        return true;
    }

    private int Find(string key)
    {
        if (_index is not null)
            return _index.GetValueOrDefault(key, -1);
        for (var i = 0; i < _entries.Length; i++)
        {
            if (_entries[i].Key.Value == key)
                return i;
        }

        return -1;
    }
}

/// <summary>One key with its value.</summary>
public readonly record struct YamlEntry(YamlScalar Key, YamlNode Value);
