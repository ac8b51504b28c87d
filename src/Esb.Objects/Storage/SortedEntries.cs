namespace Esb.Objects.Storage;

/// <summary>
/// Entries of a listing, ordered by key, in one sorted list with binary search. Inserting into the middle moves the
/// rest, which for a hundred thousand keys takes less time than the flush to disk before it. Guarded by the bucket's
/// gate.
/// </summary>
internal abstract class SortedEntries<T>(List<T> entries)
    where T : ObjectEntry
{
    public int Count => Entries.Count;

    protected List<T> Entries { get; } = entries;

    public T this[int position] => Entries[position];

    /// <summary>The position of <paramref name="key"/> or, if it is absent, of the first key after it.</summary>
    public int FirstNotBefore(string key) => First(entry => KeyOrder.Compare(entry.Key, key) >= 0);

    /// <summary>The position of the first key after <paramref name="key"/>.</summary>
    public int FirstAfter(string key) => First(entry => KeyOrder.Compare(entry.Key, key) > 0);

    /// <summary>The position of the first key after all keys with <paramref name="prefix"/>.</summary>
    public int FirstBeyond(string prefix) => First(
        entry => KeyOrder.Compare(entry.Key, prefix) > 0 && !entry.Key.StartsWith(prefix, StringComparison.Ordinal));

    protected bool IsAt(int position, string key) => position < Entries.Count && Entries[position].Key == key;

    // Binary search: the condition is true for all entries after the first one for which it is true.
    protected int First(Predicate<T> condition)
    {
        var (low, high) = (0, Entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (condition(Entries[middle]))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
