namespace Esb.Objects.Storage;

/// <summary>
/// The objects of a bucket, ordered by key, in one sorted list with binary search. Inserting into the middle moves the
/// rest, which for a hundred thousand keys takes less time than the flush to disk before it. Guarded by the bucket's
/// gate.
/// </summary>
internal sealed class KeyIndex
{
    private readonly List<ObjectEntry> _entries;

    public KeyIndex(IEnumerable<ObjectEntry> entries)
    {
        _entries = [.. entries];
        _entries.Sort((a, b) => KeyOrder.Compare(a.Key, b.Key));
    }

    public int Count => _entries.Count;

    public ObjectEntry this[int position] => _entries[position];

    public void Set(ObjectEntry entry)
    {
        var position = FirstNotBefore(entry.Key);
        if (IsAt(position, entry.Key))
            _entries[position] = entry;
        else
            _entries.Insert(position, entry);
    }

    public void Remove(string key)
    {
        var position = FirstNotBefore(key);
        if (IsAt(position, key))
            _entries.RemoveAt(position);
    }

    /// <summary>The position of <paramref name="key"/> or, if it is absent, of the first key after it.</summary>
    public int FirstNotBefore(string key) => First(k => KeyOrder.Compare(k, key) >= 0);

    /// <summary>The position of the first key after <paramref name="key"/>.</summary>
    public int FirstAfter(string key) => First(k => KeyOrder.Compare(k, key) > 0);

    /// <summary>The position of the first key after all keys with <paramref name="prefix"/>.</summary>
    public int FirstBeyond(string prefix) =>
        First(k => KeyOrder.Compare(k, prefix) > 0 && !k.StartsWith(prefix, StringComparison.Ordinal));

    private bool IsAt(int position, string key) => position < _entries.Count && _entries[position].Key == key;

    // Binary search: the condition is true for all keys after the first one for which it is true.
    private int First(Predicate<string> condition)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(_entries[middle].Key))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
