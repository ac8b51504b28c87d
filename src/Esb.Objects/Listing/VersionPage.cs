using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Listing;

/// <summary>One version in an answer of ListObjectVersions.</summary>
internal sealed record ListedVersion(ObjectEntry Entry, string Id, bool IsLatest, bool IsDeleteMarker);

/// <summary>
/// One page of ListObjectVersions. <see cref="NextVersionId"/> is the version that is its last item, and null when that
/// is a common prefix.
/// </summary>
internal sealed record VersionPage(
    IReadOnlyList<ListedVersion> Versions,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated,
    string? Last,
    string? NextVersionId)
{
    /// <param name="index">The index of the bucket.</param>
    /// <param name="query">What is to be listed.</param>
    /// <param name="afterVersion">The last listed version of the key marker; null when it was listed to its
    /// end.</param>
    public static VersionPage Of(BucketIndex index, ListingQuery query, string? afterVersion)
    {
        if (index.Versions is not { } all)
        {
            var after = query.After.Length == 0 ? 0 : index.Current.FirstAfter(query.After);
            return Of(
                ListingPage<ObjectEntry>.Of(index.Current, query, after),
                entry => new ListedVersion(entry, VersionId.Null, IsLatest: true, IsDeleteMarker: false));
        }

        var start = query.After.Length == 0
            ? 0
            : afterVersion is null ? all.FirstAfter(query.After) : all.FirstAfter(query.After, afterVersion);
        return Of(
            ListingPage<VersionEntry>.Of(all, query, start),
            entry => new ListedVersion(
                entry, entry.Id, ReferenceEquals(all.NewestOf(entry.Key), entry), entry.IsDeleteMarker));
    }

    private static VersionPage Of<T>(ListingPage<T> page, Func<T, ListedVersion> asListed)
        where T : ObjectEntry
    {
        ListedVersion[] versions = [.. page.Entries.Select(asListed)];
        var isVersion = versions.Length > 0 && versions[^1].Entry.Key == page.Last;
        return new VersionPage(
            versions, page.CommonPrefixes, page.IsTruncated, page.Last, isVersion ? versions[^1].Id : null);
    }
}
