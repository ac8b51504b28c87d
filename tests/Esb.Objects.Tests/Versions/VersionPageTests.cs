using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Versions;

/// <summary>ListObjectVersions of a bucket with versions and delete markers.</summary>
public sealed class VersionPageTests
{
    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(1000)]
    public async Task Pages_of_any_size_list_every_version_once_by_key_and_the_newest_first(int size)
    {
        await using var store = await Store.StartAsync();
        var (bucket, written) = await FilledAsync(store);

        List<string> seen = [];
        await foreach (var page in PagesAsync(store, new ListVersionsRequest { BucketName = bucket, MaxKeys = size }))
            seen.AddRange((page.Versions ?? []).Select(v => $"{v.Key} {v.VersionId}"));

        await Assert.That(seen)
            .IsEquivalentTo(written, TUnit.Assertions.Enums.CollectionOrdering.Matching);
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(1000)]
    public async Task A_delimiter_groups_keys_whatever_their_versions(int size)
    {
        await using var store = await Store.StartAsync();
        var (bucket, _) = await FilledAsync(store);

        List<string> seen = [];
        var request = new ListVersionsRequest { BucketName = bucket, MaxKeys = size, Delimiter = "/" };
        await foreach (var page in PagesAsync(store, request))
            seen.AddRange((page.Versions ?? []).Select(v => v.Key).Concat(page.CommonPrefixes ?? []));

        await Assert.That(seen).IsEquivalentTo(["a/", "b", "b", "b", "b", "c", "c"]);
    }

    [Test]
    public async Task What_one_page_lists_can_be_deleted_before_the_next_is_asked_for()
    {
        await using var store = await Store.StartAsync();
        var (bucket, _) = await FilledAsync(store);
        // A null version between others: its id does not tell its place.
        await store.Client.SetVersioningAsync(bucket, VersionStatus.Suspended);
        await store.Client.PutTextAsync(bucket, "c", "null");
        await store.Client.SetVersioningAsync(bucket, VersionStatus.Enabled);
        await store.Client.PutTextAsync(bucket, "c", "newest");

        var request = new ListVersionsRequest { BucketName = bucket, MaxKeys = 1 };
        await foreach (var page in PagesAsync(store, request))
        {
            foreach (var version in page.Versions ?? [])
                await store.Client.DeleteVersionAsync(bucket, version.Key, version.VersionId);
        }

        await Assert.That(await store.Client.VersionsAsync(bucket)).IsEmpty();
        await store.Client.DeleteBucketAsync(bucket);
    }

    private static async Task<(string Bucket, List<string> Written)> FilledAsync(Store store)
    {
        var bucket = await store.NewBucketAsync();
        var client = store.Client;
        await client.PutTextAsync(bucket, "b", "0");
        await client.SetVersioningAsync(bucket, VersionStatus.Enabled);
        // The index exists from here on, so it has to follow the changes.
        await client.VersionsAsync(bucket);
        List<(string Key, string Id)> written = [("b", "null")];
        foreach (var key in new[] { "c", "a/1", "b", "a/2", "b", "c" })
            written.Add((key, (await client.PutTextAsync(bucket, key, key))));
        written.Add(("a/1", (await client.DeleteObjectAsync(bucket, "a/1")).VersionId));
        written.Add(("b", (await client.DeleteObjectAsync(bucket, "b")).VersionId));
        written.Reverse();
        return (bucket, [.. written.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key} {v.Id}")]);
    }

    private static async IAsyncEnumerable<ListVersionsResponse> PagesAsync(Store store, ListVersionsRequest request)
    {
        ListVersionsResponse page;
        do
        {
            page = await store.Client.ListVersionsAsync(request);
            yield return page;
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true);
    }
}
