using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Versions;

/// <summary>Objects of a bucket whose versioning is or was enabled.</summary>
public sealed class VersioningTests
{
    [Test]
    public async Task Every_write_adds_a_version_and_each_stays_readable_also_after_a_kill()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        List<string> ids = [];
        foreach (var text in new[] { "one", "two", "three" })
            ids.Add(await store.Client.PutTextAsync(bucket, "key", text));

        await store.KillAndStartAsync();

        await Assert.That(await store.Client.GetTextAsync(bucket, "key")).IsEqualTo("three");
        foreach (var (id, text) in ids.Zip(["one", "two", "three"]))
            await Assert.That(await store.Client.GetTextAsync(bucket, "key", id)).IsEqualTo(text);
        var head = await store.Client.GetObjectMetadataAsync(bucket, "key", ids[0]);
        await Assert.That((head.VersionId, head.ContentLength)).IsEqualTo((ids[0], 3));
        var listed = await store.Client.VersionsAsync(bucket);
        await Assert.That(listed.Select(v => (v.VersionId, v.IsLatest))).IsEquivalentTo(
            [(ids[2], (bool?)true), (ids[1], false), (ids[0], false)],
            TUnit.Assertions.Enums.CollectionOrdering.Matching);
        var status = (await store.Client.GetBucketVersioningAsync(bucket)).VersioningConfig.Status;
        await Assert.That(status).IsEqualTo(VersionStatus.Enabled);
    }

    [Test]
    public async Task A_delete_hides_the_key_until_its_marker_is_deleted()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewVersionedBucketAsync();
        var id = await store.Client.PutTextAsync(bucket, "key", "text");

        var marker = await store.Client.DeleteObjectAsync(bucket, "key");
        var hidden = await RawRequest.SendAsync(store.Port, $"HEAD /{bucket}/key HTTP/1.1", []);
        var named = await RawRequest.SendAsync(
            store.Port, $"GET /{bucket}/key?versionId={marker.VersionId} HTTP/1.1", []);
        var listed = await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        var old = await store.Client.GetTextAsync(bucket, "key", id);
        var full = await Refusal.CodeOfAsync(() => store.Client.DeleteBucketAsync(bucket));
        var removed = await store.Client.DeleteVersionAsync(bucket, "key", marker.VersionId);

        await Assert.That(marker.DeleteMarker).IsEqualTo("true");
        await Assert.That(hidden).StartsWith("HTTP/1.1 404").And.Contains("x-amz-delete-marker: true")
            .And.Contains($"x-amz-version-id: {marker.VersionId}");
        await Assert.That(named).StartsWith("HTTP/1.1 405").And.Contains("x-amz-delete-marker: true")
            .And.Contains("Last-Modified: ");
        await Assert.That(listed.KeyCount).IsEqualTo(0);
        await Assert.That((old, full)).IsEqualTo(("text", "BucketNotEmpty"));
        await Assert.That((removed.DeleteMarker, removed.VersionId)).IsEqualTo(("true", marker.VersionId));
        await Assert.That(await store.Client.GetTextAsync(bucket, "key")).IsEqualTo("text");
    }

    [Test]
    public async Task The_version_before_a_deleted_one_is_current_again_and_an_empty_bucket_can_go()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutTextAsync(bucket, "key", "before");
        await store.Client.SetVersioningAsync(bucket, VersionStatus.Enabled);
        var id = await store.Client.PutTextAsync(bucket, "key", "after");

        await store.Client.DeleteVersionAsync(bucket, "key", id);
        var current = await store.Client.GetTextAsync(bucket, "key");
        var again = await store.Client.DeleteVersionAsync(bucket, "key", id);
        await store.Client.DeleteVersionAsync(bucket, "key", "null");
        await store.Client.DeleteBucketAsync(bucket);

        await Assert.That((current, again.VersionId)).IsEqualTo(("before", id));
    }

    [Test]
    public async Task While_suspended_writes_and_deletes_replace_the_null_version_alone()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        var id = await store.Client.PutTextAsync(bucket, "key", "kept");
        await store.Client.SetVersioningAsync(bucket, VersionStatus.Suspended);

        var none = await store.Client.PutTextAsync(bucket, "key", "one");
        await store.Client.PutTextAsync(bucket, "key", "two");
        var current = await store.Client.GetTextAsync(bucket, "key");
        var plain = await store.Client.GetTextAsync(bucket, "key", "null");
        var marker = await store.Client.DeleteObjectAsync(bucket, "key");
        var listed = await store.Client.VersionsAsync(bucket);
        await store.KillAndStartAsync();

        await Assert.That((none is null, current, plain)).IsEqualTo((true, "two", "two"));
        await Assert.That((marker.DeleteMarker, marker.VersionId)).IsEqualTo(("true", "null"));
        await Assert.That(listed.Select(v => (v.VersionId, v.IsDeleteMarker == true))).IsEquivalentTo(
            [("null", true), (id, false)], TUnit.Assertions.Enums.CollectionOrdering.Matching);
        await Assert.That(await store.Client.GetTextAsync(bucket, "key", id)).IsEqualTo("kept");
        await Assert.That(await Refusal.CodeOfAsync(() => store.Client.GetTextAsync(bucket, "key")))
            .IsEqualTo("NoSuchKey");
    }

    [Test]
    public async Task A_copy_of_an_old_version_makes_it_current_and_one_of_a_marker_is_refused()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        var id = await store.Client.PutTextAsync(bucket, "key", "old");
        await store.Client.PutTextAsync(bucket, "key", "new");
        var marker = (await store.Client.DeleteObjectAsync(bucket, "key")).VersionId;
        CopyObjectRequest Copy(string? version) => new()
        {
            SourceBucket = bucket,
            SourceKey = "key",
            SourceVersionId = version,
            DestinationBucket = bucket,
            DestinationKey = "key",
        };

        var ofMarker = await Refusal.CodeOfAsync(() => store.Client.CopyObjectAsync(Copy(marker)));
        var ofHidden = await Refusal.CodeOfAsync(() => store.Client.CopyObjectAsync(Copy(null)));
        var copied = await store.Client.CopyObjectAsync(Copy(id));

        await Assert.That((ofMarker, ofHidden)).IsEqualTo(("InvalidRequest", "NoSuchKey"));
        await Assert.That(copied.SourceVersionId).IsEqualTo(id);
        await Assert.That(await store.Client.GetTextAsync(bucket, "key", copied.VersionId)).IsEqualTo("old");
        await Assert.That(await store.Client.GetTextAsync(bucket, "key")).IsEqualTo("old");
    }

    [Test]
    public async Task Tags_are_those_of_one_version()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        var id = await store.Client.PutTextAsync(bucket, "key", "old");
        var other = await store.Client.PutTextAsync(bucket, "key", "new");

        await store.Client.PutObjectTaggingAsync(new PutObjectTaggingRequest
        {
            BucketName = bucket,
            Key = "key",
            VersionId = id,
            Tagging = new Tagging { TagSet = [new Tag { Key = "a", Value = "b" }] },
        });

        async Task<int> CountAsync(string? version) => ((await store.Client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = bucket, Key = "key", VersionId = version })).Tagging
            ?? []).Count;
        await Assert.That((await CountAsync(id), await CountAsync(other), await CountAsync(null))).IsEqualTo((1, 0, 0));
        await Assert.That(await store.Client.GetTextAsync(bucket, "key")).IsEqualTo("new");
    }

    [Test]
    [Arguments("GET", "key?versionId=0", "400", "InvalidArgument")]
    [Arguments("GET", "key?versionId=..%2F..%2Fbucket.json", "400", "InvalidArgument")]
    [Arguments("GET", "key?versionId=0123456789abcdef0123456789abcdef", "404", "NoSuchVersion")]
    [Arguments("DELETE", "key?versionId=", "400", "InvalidArgument")]
    [Arguments("PUT", "key?versionId=0123456789abcdef0123456789abcdef", "400", "InvalidArgument")]
    [Arguments("POST", "key?uploads&versionId=null", "400", "InvalidArgument")]
    [Arguments("GET", "?versions&key-marker=a&version-id-marker=b", "400", "InvalidArgument")]
    public async Task An_id_that_no_version_can_have_is_refused_and_so_is_one_that_none_has(
        string method,
        string target,
        string status,
        string code)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewVersionedBucketAsync();
        await store.Client.PutTextAsync(bucket, "key", "text");

        var answer = await RawRequest.SendAsync(
            store.Port, $"{method} /{bucket}/{target} HTTP/1.1\nContent-Length: 0", []);

        await Assert.That(answer).StartsWith($"HTTP/1.1 {status}").And.Contains($"<Code>{code}</Code>");
        await Assert.That((await store.Client.VersionsAsync(bucket)).Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_list_of_deletes_removes_versions_and_adds_markers_and_names_both()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        var id = await store.Client.PutTextAsync(bucket, "a", "text");
        await store.Client.PutTextAsync(bucket, "b", "text");

        var answer = await store.Client.DeleteObjectsAsync(new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [new KeyVersion { Key = "a", VersionId = id }, new KeyVersion { Key = "b" }],
        });

        var marker = (await store.Client.VersionsAsync(bucket)).Single(v => v.IsDeleteMarker == true);
        await Assert.That(answer.DeletedObjects.Select(o =>
            $"{o.Key} {o.VersionId} {o.DeleteMarker == true} {o.DeleteMarkerVersionId}"))
            .IsEquivalentTo([$"a {id} False ", $"b  True {marker.VersionId}"]);
        await Assert.That((await store.Client.VersionsAsync(bucket)).Select(v => v.Key)).IsEquivalentTo(["b", "b"]);
    }

    [Test]
    public async Task A_bucket_without_versioning_has_no_folder_for_versions_and_names_none()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var written = await RawRequest.SendAsync(
            store.Port, $"PUT /{bucket}/key HTTP/1.1\nContent-Length: 1", "a"u8.ToArray());
        var read = await RawRequest.SendAsync(store.Port, $"GET /{bucket}/key HTTP/1.1", []);
        var file = Directory.GetFiles(Path.Combine(store.Folder, "buckets", bucket, "objects")).Single();

        await Assert.That(written + read).DoesNotContain("x-amz-version-id");
        await Assert.That(Directory.Exists(Path.Combine(store.Folder, "buckets", bucket, "versions"))).IsFalse();
        var stored = await File.ReadAllTextAsync(file);
        await Assert.That(stored).DoesNotContain("VersionId").And.DoesNotContain("Place")
            .And.DoesNotContain("IsDeleteMarker").And.DoesNotContain("Changes");
    }

    [Test]
    public async Task An_upload_and_a_copied_part_name_their_versions()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewVersionedBucketAsync();
        var id = await store.Client.PutTextAsync(bucket, "source", "old");
        await store.Client.PutTextAsync(bucket, "source", "new");
        var upload = await store.Client.InitiateMultipartUploadAsync(bucket, "key");

        var part = await store.Client.CopyPartAsync(new CopyPartRequest
        {
            SourceBucket = bucket,
            SourceKey = "source",
            SourceVersionId = id,
            DestinationBucket = bucket,
            DestinationKey = "key",
            UploadId = upload.UploadId,
            PartNumber = 1,
        });
        var completed = await store.Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload.UploadId,
            PartETags = [new PartETag(1, part.ETag)],
        });

        await Assert.That(part.CopySourceVersionId).IsEqualTo(id);
        await Assert.That(await store.Client.GetTextAsync(bucket, "key", completed.VersionId)).IsEqualTo("old");
    }
}
