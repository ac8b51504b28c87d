using Esb.Objects.Storage;

namespace Esb.Objects.Listing;

/// <summary>
/// One page of a listing. <see cref="Last"/> is its last key or common prefix, and null on an empty page.
/// </summary>
internal sealed record ListingPage<T>(
    IReadOnlyList<T> Entries,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated,
    string? Last)
    where T : ObjectEntry
{
    /// <summary>
    /// Iterates over the entries from the start of the page. All keys of a common prefix are skipped at once.
    /// </summary>
    /// <param name="all">The entries of the bucket.</param>
    /// <param name="query">What is to be listed.</param>
    /// <param name="after">The position after what earlier pages have listed.</param>
    public static ListingPage<T> Of(SortedEntries<T> all, ListingQuery query, int after)
    {
        var entries = new List<T>();
        var prefixes = new List<string>();
        string? last = null;
        var position = Math.Max(all.FirstNotBefore(query.Prefix), after);
        while (position < all.Count && all[position].Key.StartsWith(query.Prefix, StringComparison.Ordinal))
        {
            var entry = all[position];
            var prefix = CommonPrefixOf(entry.Key, query);
            position = prefix is null ? position + 1 : all.FirstBeyond(prefix);
            if (prefix is not null && prefix == query.After)
                continue;
            if (entries.Count + prefixes.Count == query.MaxKeys)
                return new ListingPage<T>(entries, prefixes, IsTruncated: query.MaxKeys > 0, last);
            if (prefix is null)
                entries.Add(entry);
            else
                prefixes.Add(prefix);
            last = prefix ?? entry.Key;
        }

        return new ListingPage<T>(entries, prefixes, IsTruncated: false, last);
    }

    private static string? CommonPrefixOf(string key, ListingQuery query)
    {
        var end =
            query.Delimiter is null ? -1 : key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + query.Delimiter!.Length)];
    }
}
