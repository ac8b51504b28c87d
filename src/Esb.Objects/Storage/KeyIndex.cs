namespace Esb.Objects.Storage;

/// <summary>The current objects of a bucket, one for each key.</summary>
internal sealed class KeyIndex(IEnumerable<ObjectEntry> entries) : SortedEntries<ObjectEntry>(Sorted(entries))
{
    public void Set(ObjectEntry entry)
    {
        var position = FirstNotBefore(entry.Key);
        if (IsAt(position, entry.Key))
            Entries[position] = entry;
        else
            Entries.Insert(position, entry);
    }

    public void Remove(string key)
    {
        var position = FirstNotBefore(key);
        if (IsAt(position, key))
            Entries.RemoveAt(position);
    }

    private static List<ObjectEntry> Sorted(IEnumerable<ObjectEntry> entries)
    {
        List<ObjectEntry> sorted = [.. entries];
        sorted.Sort((a, b) => KeyOrder.Compare(a.Key, b.Key));
        return sorted;
    }
}
