using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Multipart;

/// <summary>The parameters of ListMultipartUploads.</summary>
internal sealed record UploadsQuery(
    string Prefix,
    string? Delimiter,
    string KeyMarker,
    string? UploadIdMarker,
    int MaxUploads)
{
    private const int LargestPage = 1000;

    public static UploadsQuery From(QueryParameters query) => new(
        query["prefix"] ?? "",
        query["delimiter"] is { Length: > 0 } delimiter ? delimiter : null,
        query["key-marker"] ?? "",
        query["upload-id-marker"] is { Length: > 0 } marker ? marker : null,
        Math.Min(query.Number("max-uploads", LargestPage), LargestPage));

    /// <summary>The common prefix of a key, or null.</summary>
    public string? CommonPrefixOf(string key)
    {
        var end = Delimiter is null ? -1 : key.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + Delimiter!.Length)];
    }

    /// <summary>
    /// Whether an upload comes after the markers. Without an upload id marker, all uploads of the marker's key have
    /// been listed.
    /// </summary>
    public bool IsAfterMarkers(UploadRecord upload)
    {
        if (CommonPrefixOf(upload.Key) is { } prefix && prefix == KeyMarker)
            return false;
        var order = KeyOrder.Compare(upload.Key, KeyMarker);
        return order > 0
            || (order == 0 && UploadIdMarker is not null && string.CompareOrdinal(upload.UploadId, UploadIdMarker) > 0);
    }
}

/// <summary>
/// One page of uploads, by key and then by upload id. It is computed from all uploads each time, because there are few.
/// </summary>
internal sealed record UploadsPage(
    IReadOnlyList<UploadRecord> Uploads,
    IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated,
    string? NextKeyMarker,
    string? NextUploadIdMarker)
{
    public static UploadsPage Of(IEnumerable<UploadRecord> all, UploadsQuery query)
    {
        var matching = all.Where(u => u.Key.StartsWith(query.Prefix, StringComparison.Ordinal)
            && query.IsAfterMarkers(u))
            .OrderBy(u => u.Key, Comparer<string>.Create((a, b) => KeyOrder.Compare(a, b)))
            .ThenBy(u => u.UploadId, StringComparer.Ordinal);
        var items = matching
            .Select(u => (Upload: u, Prefix: query.CommonPrefixOf(u.Key)))
            .DistinctBy(i => i.Prefix is null ? "u" + i.Upload.UploadId : "p" + i.Prefix)
            .ToList();
        var page = items.Take(query.MaxUploads).ToList();
        var last = page.Count > 0 ? page[^1] : default;
        return new UploadsPage(
            [.. page.Where(i => i.Prefix is null).Select(i => i.Upload)],
            [.. page.Where(i => i.Prefix is not null).Select(i => i.Prefix!)],
            IsTruncated: page.Count > 0 && items.Count > page.Count,
            last.Prefix ?? last.Upload?.Key,
            last.Prefix is null ? last.Upload?.UploadId : null);
    }
}
