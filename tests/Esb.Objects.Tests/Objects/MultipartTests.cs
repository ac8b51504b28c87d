using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Objects;

/// <summary>Uploads in parts.</summary>
public sealed class MultipartTests
{
    private const int Smallest = 5 * 1024 * 1024;

    [Test]
    public async Task Parts_in_any_order_become_one_object_in_the_order_of_their_numbers()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        byte[][] parts = [Content.Of(Smallest, 1), Content.Of(Smallest, 2), Content.Of(1234, 3)];
        var upload = (await store.Client.InitiateMultipartUploadAsync(bucket, "key")).UploadId;

        var etags = new List<PartETag>();
        foreach (var number in new[] { 3, 1, 2 })
            etags.Add(
                new PartETag(number, (await PutPartAsync(store, bucket, upload, number, parts[number - 1])).ETag));
        var listed = await store.Client.ListPartsAsync(bucket, "key", upload);
        var done = await store.Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload,
            PartETags = [.. etags.OrderBy(e => e.PartNumber)],
        });

        await Assert.That(listed.Parts.Select(p => p.PartNumber)).IsEquivalentTo(new int?[] { 1, 2, 3 });
        await Assert.That(done.ETag).EndsWith("-3\"");
        await Assert.That(Content.Hash(await store.Client.GetBytesAsync(bucket, "key")))
            .IsEqualTo(Content.Hash([.. parts.SelectMany(p => p)]));
        var uploads = await store.Client.ListMultipartUploadsAsync(bucket);
        await Assert.That(uploads.MultipartUploads ?? []).IsEmpty();
    }

    // The paginator of the SDK for JavaScript asks for the next page for as long as there is a marker.
    [Test]
    public async Task Only_a_page_that_another_one_follows_has_a_marker_for_it()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var upload = (await store.Client.InitiateMultipartUploadAsync(bucket, "key")).UploadId;
        foreach (var number in new[] { 1, 2 })
            await PutPartAsync(store, bucket, upload, number, Content.Of(1, number));

        var pages = new List<ListPartsResponse>();
        foreach (var marker in new[] { "0", "1", "2" })
            pages.Add(await store.Client.ListPartsAsync(new ListPartsRequest
            {
                BucketName = bucket,
                Key = "key",
                UploadId = upload,
                MaxParts = 1,
                PartNumberMarker = marker,
            }));

        await Assert.That(pages.Select(page => (page.NextPartNumberMarker, page.IsTruncated)))
            .IsEquivalentTo(new (int?, bool?)[] { (1, true), (null, false), (null, false) });
    }

    [Test]
    public async Task A_part_that_is_too_small_or_does_not_match_keeps_the_old_object()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [7]);
        var upload = (await store.Client.InitiateMultipartUploadAsync(bucket, "key")).UploadId;
        var first = await PutPartAsync(store, bucket, upload, 1, Content.Of(100));
        var second = await PutPartAsync(store, bucket, upload, 2, Content.Of(100));

        var small = await Refusal.CodeOfAsync(
            () => CompleteAsync(store, bucket, upload, new PartETag(1, first.ETag), new PartETag(2, second.ETag)));
        var other = await Refusal.CodeOfAsync(
            () => CompleteAsync(store, bucket, upload, new PartETag(1, "\"00000000000000000000000000000000\"")));

        await Assert.That(small).IsEqualTo("EntityTooSmall");
        await Assert.That(other).IsEqualTo("InvalidPart");
        await Assert.That(await store.Client.GetBytesAsync(bucket, "key")).IsEquivalentTo(new byte[] { 7 });
    }

    [Test]
    public async Task An_aborted_upload_no_longer_accepts_parts()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var upload = (await store.Client.InitiateMultipartUploadAsync(bucket, "key")).UploadId;
        await PutPartAsync(store, bucket, upload, 1, Content.Of(100));

        await store.Client.AbortMultipartUploadAsync(bucket, "key", upload);
        var late = await Refusal.CodeOfAsync(() => PutPartAsync(store, bucket, upload, 2, Content.Of(100)));

        await Assert.That(late).IsEqualTo("NoSuchUpload");
    }

    [Test]
    public async Task An_upload_continues_after_the_store_was_killed()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var (one, two) = (Content.Of(Smallest, 1), Content.Of(10, 2));
        var upload = (await store.Client.InitiateMultipartUploadAsync(bucket, "key")).UploadId;
        var first = await PutPartAsync(store, bucket, upload, 1, one);

        await store.KillAndStartAsync();
        var second = await PutPartAsync(store, bucket, upload, 2, two);
        await CompleteAsync(store, bucket, upload, new PartETag(1, first.ETag), new PartETag(2, second.ETag));

        await Assert.That(Content.Hash(await store.Client.GetBytesAsync(bucket, "key")))
            .IsEqualTo(Content.Hash([.. one, .. two]));
    }

    private static Task<UploadPartResponse> PutPartAsync(
        Store store,
        string bucket,
        string upload,
        int number,
        byte[] content) =>
        store.Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload,
            PartNumber = number,
            InputStream = new MemoryStream(content),
        });

    private static Task<CompleteMultipartUploadResponse> CompleteAsync(
        Store store,
        string bucket,
        string upload,
        params List<PartETag> parts) =>
        store.Client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload,
            PartETags = parts,
        });
}
