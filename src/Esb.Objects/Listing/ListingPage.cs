using Esb.Objects.Storage;

namespace Esb.Objects.Listing;

/// <summary>
/// One page of a listing. <see cref="Last"/> is its last key or common prefix, and null on an empty page.
/// </summary>
internal sealed record ListingPage(
    IReadOnlyList<ObjectEntry> Objects,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated,
    string? Last)
{
    /// <summary>
    /// Iterates over the index from the start of the page. All keys of a common prefix are skipped at once.
    /// </summary>
    public static ListingPage Of(KeyIndex index, ListingQuery query)
    {
        var objects = new List<ObjectEntry>();
        var prefixes = new List<string>();
        string? last = null;
        var position = Math.Max(
            index.FirstNotBefore(query.Prefix), query.After.Length == 0 ? 0 : index.FirstAfter(query.After));
        while (position < index.Count && index[position].Key.StartsWith(query.Prefix, StringComparison.Ordinal))
        {
            var entry = index[position];
            var prefix = CommonPrefixOf(entry.Key, query);
            position = prefix is null ? position + 1 : index.FirstBeyond(prefix);
            if (prefix is not null && prefix == query.After)
                continue;
            if (objects.Count + prefixes.Count == query.MaxKeys)
                return new ListingPage(objects, prefixes, IsTruncated: query.MaxKeys > 0, last);
            if (prefix is null)
                objects.Add(entry);
            else
                prefixes.Add(prefix);
            last = prefix ?? entry.Key;
        }

        return new ListingPage(objects, prefixes, IsTruncated: false, last);
    }

    private static string? CommonPrefixOf(string key, ListingQuery query)
    {
        var end =
            query.Delimiter is null ? -1 : key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + query.Delimiter!.Length)];
    }
}
