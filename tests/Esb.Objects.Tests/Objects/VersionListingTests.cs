using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Objects;

/// <summary>ListObjectVersions of a bucket without versioning.</summary>
public sealed class VersionListingTests
{
    [Test]
    public async Task Each_object_is_the_latest_version_of_its_key_and_is_called_null()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "a", "old"u8.ToArray());
        await store.Client.PutBytesAsync(bucket, "a", "content"u8.ToArray());

        var answer = await store.Client.ListVersionsAsync(bucket);

        var only = answer.Versions.Single();
        await Assert.That((only.Key, only.VersionId, only.IsLatest, only.IsDeleteMarker is true, only.Size, only.ETag))
            .IsEqualTo(("a", "null", true, false, 7, $"\"{Content.Md5("content"u8.ToArray())}\""));
        await Assert.That(only.Owner.Id).IsNotNull();
        await Assert.That((answer.IsTruncated, answer.Name)).IsEqualTo((false, bucket));
    }

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    [Arguments(1000)]
    public async Task Pages_of_any_size_list_each_key_and_each_common_prefix_once(int size)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        foreach (var key in new[] { "a/1", "a/2", "b", "c/1", "c/2", "d", "é", "other" })
            await store.Client.PutBytesAsync(bucket, key, [1]);
        List<string> seen = [];
        var request = new ListVersionsRequest { BucketName = bucket, Delimiter = "/", MaxKeys = size };
        ListVersionsResponse answer;
        do
        {
            answer = await store.Client.ListVersionsAsync(request);
            seen.AddRange((answer.Versions ?? []).Select(version => version.Key));
            seen.AddRange(answer.CommonPrefixes ?? []);
            await Assert.That((answer.Versions ?? []).Count + (answer.CommonPrefixes ?? []).Count)
                .IsLessThanOrEqualTo(size);
            (request.KeyMarker, request.VersionIdMarker) = (answer.NextKeyMarker, answer.NextVersionIdMarker);
        }
        while (answer.IsTruncated == true);

        await Assert.That(seen.Order(StringComparer.Ordinal)).IsEquivalentTo(["a/", "b", "c/", "d", "other", "é"]);
    }

    [Test]
    public async Task A_prefix_and_a_key_marker_skip_what_is_before_them()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        foreach (var key in new[] { "a/1", "a/2", "a/3", "b/1" })
            await store.Client.PutBytesAsync(bucket, key, [1]);

        var answer = await store.Client.ListVersionsAsync(
            new ListVersionsRequest { BucketName = bucket, Prefix = "a/", KeyMarker = "a/1" });
        var marker = await Refusal.CodeOfAsync(() => store.Client.ListVersionsAsync(
            new ListVersionsRequest { BucketName = bucket, VersionIdMarker = "null" }));

        await Assert.That(answer.Versions.Select(version => version.Key)).IsEquivalentTo(["a/2", "a/3"]);
        await Assert.That(marker).IsEqualTo("InvalidArgument");
    }

    [Test]
    public async Task What_is_listed_as_versions_can_be_deleted_as_versions()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        foreach (var key in new[] { "a", "b", "c" })
            await store.Client.PutBytesAsync(bucket, key, [1]);

        var listed = (await store.Client.ListVersionsAsync(bucket)).Versions;
        await store.Client.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = bucket, Key = listed[0].Key, VersionId = listed[0].VersionId });
        var deleted = await store.Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [.. listed.Skip(1)
                .Select(version => new KeyVersion { Key = version.Key, VersionId = version.VersionId })],
        });
        await store.Client.DeleteBucketAsync(bucket);

        await Assert.That(deleted.DeletedObjects.Count).IsEqualTo(2);
    }
}
