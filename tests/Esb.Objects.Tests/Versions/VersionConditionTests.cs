using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Versions;

/// <summary>Conditions of writes and deletes, which are about the current version.</summary>
public sealed class VersionConditionTests
{
    private static readonly string Old = $"\"{Content.Md5("old"u8.ToArray())}\"";
    private static readonly string New = $"\"{Content.Md5("new"u8.ToArray())}\"";

    [Test]
    [Arguments("new", "*", null, "PreconditionFailed")]
    [Arguments("new", "NEW", null, "PreconditionFailed")]
    [Arguments("new", "OLD", null, "none")]
    [Arguments("new", null, "*", "none")]
    [Arguments("new", null, "NEW", "none")]
    [Arguments("new", null, "OLD", "PreconditionFailed")]
    [Arguments("deleted", "*", null, "none")]
    [Arguments("deleted", "NEW", null, "none")]
    [Arguments("deleted", null, "*", "NoSuchKey")]
    [Arguments("deleted", null, "NEW", "NoSuchKey")]
    public async Task A_write_is_compared_with_the_current_version(
        string state,
        string? notOver,
        string? over,
        string code)
    {
        await using var store = await Store.StartAsync();
        var bucket = await FilledAsync(store, state);
        var before = (await store.Client.VersionsAsync(bucket)).Count;

        var put = await Refusal.CodeOfAsync(() => store.Client.PutTextAsync(bucket, "key", "new", put =>
            (put.IfNoneMatch, put.IfMatch) = (ETag(notOver), ETag(over))));
        await Assert.That((await store.Client.VersionsAsync(bucket)).Count)
            .IsEqualTo(before + (code == "none" ? 1 : 0));
        if (code == "none" && state == "deleted")
            await store.Client.DeleteObjectAsync(bucket, "key");
        var complete = await Refusal.CodeOfAsync(() => CompleteAsync(store, bucket, ETag(notOver), ETag(over)));

        await Assert.That((put, complete)).IsEqualTo((code, code));
    }

    [Test]
    [Arguments("new", "*", "none")]
    [Arguments("new", "NEW", "none")]
    [Arguments("new", "OLD", "PreconditionFailed")]
    [Arguments("deleted", "NEW", "PreconditionFailed")]
    [Arguments("deleted", "*", "PreconditionFailed")]
    [Arguments("missing", "*", "NoSuchKey")]
    public async Task So_is_a_delete(string state, string over, string code)
    {
        await using var store = await Store.StartAsync();
        var bucket = await FilledAsync(store, state);
        var before = (await store.Client.VersionsAsync(bucket)).Count;

        var many = await DeleteManyAsync(store, new KeyVersion { Key = "key", ETag = ETag(over) }, bucket);
        if (code == "none")
            await store.Client.PutTextAsync(bucket, "key", "new");
        var one = await Refusal.CodeOfAsync(() => store.Client.DeleteObjectAsync(
            new DeleteObjectRequest { BucketName = bucket, Key = "key", IfMatch = ETag(over) }));

        await Assert.That((one, many)).IsEqualTo((code, code));
        await Assert.That((await store.Client.VersionsAsync(bucket)).Count)
            .IsEqualTo(before + (code == "none" ? 3 : 0));
    }

    [Test]
    public async Task Size_and_time_of_a_delete_are_those_of_the_version_that_it_names()
    {
        await using var store = await Store.StartAsync();
        var bucket = await FilledAsync(store, "new");
        await store.Client.PutTextAsync(bucket, "key", "longer");
        var old = (await store.Client.VersionsAsync(bucket)).Last();
        Task<string> DeleteAsync(long? size, DateTime? time, string? version) => DeleteManyAsync(
            store,
            new KeyVersion { Key = "key", VersionId = version, Size = size, LastModifiedTime = time },
            bucket);

        await Assert.That(await DeleteAsync(3, null, null)).IsEqualTo("PreconditionFailed");
        await Assert.That(await DeleteAsync(6, null, old.VersionId)).IsEqualTo("PreconditionFailed");
        await Assert.That(await DeleteAsync(null, old.LastModified!.Value.AddSeconds(-5), old.VersionId))
            .IsEqualTo("PreconditionFailed");
        await Assert.That(await DeleteAsync(3, old.LastModified, old.VersionId)).IsEqualTo("none");
        await Assert.That(await DeleteAsync(6, null, null)).IsEqualTo("none");
        // Now the current version is a marker, which has no size. A version that is gone needs no delete.
        await Assert.That(await DeleteAsync(0, null, null)).IsEqualTo("PreconditionFailed");
        await Assert.That(await DeleteAsync(77, null, old.VersionId)).IsEqualTo("none");
    }

    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task Of_many_writes_at_once_with_one_condition_one_wins(bool exists)
    {
        await using var store = await Store.StartAsync();
        var bucket = await FilledAsync(store, exists ? "new" : "missing");
        var before = (await store.Client.VersionsAsync(bucket)).Count;

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Refusal.CodeOfAsync(
            () => store.Client.PutTextAsync(bucket, "key", $"{i}", put =>
                (put.IfNoneMatch, put.IfMatch) = exists ? ((string?)null, New) : ("*", null)))));

        await Assert.That(codes.Count(code => code == "none")).IsEqualTo(1);
        await Assert.That(codes.Where(code => code != "none").Distinct()).IsEquivalentTo(["PreconditionFailed"]);
        await Assert.That((await store.Client.VersionsAsync(bucket)).Count).IsEqualTo(before + 1);
    }

    private static string? ETag(string? name) => name switch { "OLD" => Old, "NEW" => New, _ => name };

    private static async Task<string> FilledAsync(Store store, string state)
    {
        var bucket = await store.NewVersionedBucketAsync();
        if (state == "missing")
            return bucket;
        await store.Client.PutTextAsync(bucket, "key", "old");
        await store.Client.PutTextAsync(bucket, "key", "new");
        if (state == "deleted")
            await store.Client.DeleteObjectAsync(bucket, "key");
        return bucket;
    }

    private static async Task<string> DeleteManyAsync(Store store, KeyVersion listed, string bucket)
    {
        try
        {
            await store.Client.DeleteObjectsAsync(
                new DeleteObjectsRequest { BucketName = bucket, Objects = [listed] });
            return "none";
        }
        catch (DeleteObjectsException e)
        {
            return e.Response.DeleteErrors.Single().Code;
        }
    }

    // As a second write, which finds what the first left: for a refused one that is what it found itself.
    private static async Task CompleteAsync(Store store, string bucket, string? notOver, string? over)
    {
        var upload = await store.Client.InitiateMultipartUploadAsync(bucket, "key");
        var part = await store.Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload.UploadId,
            PartNumber = 1,
            InputStream = new MemoryStream("new"u8.ToArray()),
        });
        await store.Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload.UploadId,
            IfNoneMatch = notOver,
            IfMatch = over,
            PartETags = [new PartETag(1, part.ETag)],
        });
    }
}
