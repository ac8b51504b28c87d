using Esb.Objects.Requests;

namespace Esb.Objects.Storage;

/// <summary>
/// All versions of a bucket's objects, delete markers included: by key, and the newest of a key first.
/// </summary>
internal sealed class VersionIndex(IEnumerable<VersionEntry> entries) : SortedEntries<VersionEntry>(Sorted(entries))
{
    /// <summary>The newest version of each key, in the order of the keys.</summary>
    public IEnumerable<VersionEntry> Newest => Entries.Where((entry, i) => i == 0 || Entries[i - 1].Key != entry.Key);

    /// <summary>The newest version of a key; null when it has none.</summary>
    public VersionEntry? NewestOf(string key)
    {
        var position = FirstNotBefore(key);
        return IsAt(position, key) ? Entries[position] : null;
    }

    public void Set(VersionEntry entry)
    {
        Remove(entry.Key, entry.Id);
        Entries.Insert(First(other => Compare(other, entry) >= 0), entry);
    }

    public void Remove(string key, string id)
    {
        var position = PositionOf(key, id);
        if (position >= 0)
            Entries.RemoveAt(position);
    }

    /// <summary>
    /// The position of the version after one that was listed. When that one was deleted since, its id tells where it
    /// was, except for the null version: then the versions of the key start again, rather than skip one.
    /// </summary>
    public int FirstAfter(string key, string id)
    {
        if (id != VersionId.Null)
        {
            var place = VersionId.PlaceOf(id);
            return First(entry => KeyOrder.Compare(entry.Key, key) is var order
                && (order > 0 || (order == 0 && entry.Place < place)));
        }

        var position = PositionOf(key, id);
        return position < 0 ? FirstNotBefore(key) : position + 1;
    }

    private int PositionOf(string key, string id)
    {
        for (var position = FirstNotBefore(key); IsAt(position, key); position++)
        {
            if (Entries[position].Id == id)
                return position;
        }

        return -1;
    }

    private static List<VersionEntry> Sorted(IEnumerable<VersionEntry> entries)
    {
        List<VersionEntry> sorted = [.. entries];
        sorted.Sort(Compare);
        return sorted;
    }

    private static int Compare(VersionEntry left, VersionEntry right) =>
        KeyOrder.Compare(left.Key, right.Key) is not 0 and var order ? order : right.Place.CompareTo(left.Place);
}
