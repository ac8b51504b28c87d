using Amazon.S3;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Objects;

/// <summary>What is stored comes back unchanged, through the AWS SDK with its default settings.</summary>
public sealed class RoundTripTests
{
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(65_535)]
    [Arguments(65_537)]
    [Arguments(20_000_000)]
    public async Task An_object_of_any_size_is_returned_byte_for_byte(int size)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var content = Content.Of(size);

        var put = await store.Client.PutBytesAsync(bucket, "key", content);
        var got = await store.Client.GetBytesAsync(bucket, "key");

        await Assert.That(Content.Hash(got)).IsEqualTo(Content.Hash(content));
        await Assert.That(put.ETag).IsEqualTo($"\"{Content.Md5(content)}\"");
    }

    [Test]
    [Arguments("CRC32")]
    [Arguments("CRC32C")]
    [Arguments("SHA1")]
    [Arguments("SHA256")]
    [Arguments("CRC64NVME")]
    public async Task A_streamed_body_is_verified_by_its_trailer_and_stored_without_it(string algorithm)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var content = Content.Of(3_000_000);

        await store.Client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = bucket,
            Key = "key",
            InputStream = new MemoryStream(content),
            ChecksumAlgorithm = new ChecksumAlgorithm(algorithm),
        });
        var head = await store.Client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = bucket, Key = "key", ChecksumMode = ChecksumMode.ENABLED });

        await Assert.That(Content.Hash(await store.Client.GetBytesAsync(bucket, "key")))
            .IsEqualTo(Content.Hash(content));
        await Assert.That(new[]
        {
            head.ChecksumCRC32, head.ChecksumCRC32C, head.ChecksumSHA1, head.ChecksumSHA256, head.ChecksumCRC64NVME,
        }.Count(c => !string.IsNullOrEmpty(c))).IsEqualTo(1);
    }

    [Test]
    public async Task Headers_metadata_and_tags_are_returned_unchanged()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = "key",
            ContentBody = "x",
            ContentType = "text/csv",
            TagSet = [new Tag { Key = "a", Value = "b c" }],
        };
        request.Headers.CacheControl = "max-age=60";
        request.Headers.ContentDisposition = "attachment; filename=\"a.csv\"";
        request.Metadata["color"] = "blue";

        await store.Client.PutObjectAsync(request);
        var head = await store.Client.GetObjectMetadataAsync(bucket, "key");
        var tags = await store.Client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = bucket, Key = "key" });

        await Assert.That(head.Headers.ContentType).IsEqualTo("text/csv");
        await Assert.That(head.Headers.CacheControl).IsEqualTo("max-age=60");
        await Assert.That(head.Headers.ContentDisposition).IsEqualTo("attachment; filename=\"a.csv\"");
        await Assert.That(head.Metadata["color"]).IsEqualTo("blue");
        await Assert.That(tags.Tagging.Single().Value).IsEqualTo("b c");
    }

    [Test]
    [Arguments("bytes=0-0", 0, 1)]
    [Arguments("bytes=5-9", 5, 5)]
    [Arguments("bytes=995-", 995, 5)]
    [Arguments("bytes=-3", 997, 3)]
    [Arguments("bytes=990-5000", 990, 10)]
    [Arguments("bytes=-5000", 0, 1000)]
    public async Task A_range_returns_exactly_the_requested_bytes(string range, int start, int length)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var content = Content.Of(1000);
        await store.Client.PutBytesAsync(bucket, "key", content);

        var part = await store.Client.GetBytesAsync(bucket, "key", range);

        await Assert.That(Content.Hash(part)).IsEqualTo(Content.Hash(content[start..(start + length)]));
    }

    [Test]
    public async Task A_range_beyond_the_end_is_answered_with_416_and_the_size()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", Content.Of(10));

        var answer = await RawRequest.SendAsync(store.Port, $"GET /{bucket}/key HTTP/1.1\nRange: bytes=10-20", []);

        await Assert.That(answer).StartsWith("HTTP/1.1 416").And.Contains("<Code>InvalidRange</Code>");
    }

    [Test]
    public async Task A_copy_has_the_content_of_its_source_also_after_the_source_is_gone()
    {
        await using var store = await Store.StartAsync();
        var (from, to) = (await store.NewBucketAsync(), await store.NewBucketAsync());
        var content = Content.Of(100_000);
        await store.Client.PutBytesAsync(from, "a b/ü", content);

        await store.Client.CopyObjectAsync(from, "a b/ü", to, "copy");
        await store.Client.DeleteObjectAsync(from, "a b/ü");

        await Assert.That(Content.Hash(await store.Client.GetBytesAsync(to, "copy"))).IsEqualTo(Content.Hash(content));
    }

    [Test]
    public async Task A_write_on_condition_of_no_object_fails_when_there_is_one()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var writes = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                await store.Client.PutObjectAsync(new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = "lock",
                    ContentBody = $"{i}",
                    IfNoneMatch = "*",
                });
                return $"{i}";
            }
            catch (AmazonS3Exception e) when (e.ErrorCode == "PreconditionFailed")
            {
                return null;
            }
        }));

        var won = (await Task.WhenAll(writes)).OfType<string>().ToList();

        await Assert.That(won.Count).IsEqualTo(1);
        await Assert.That(System.Text.Encoding.UTF8.GetString(await store.Client.GetBytesAsync(bucket, "lock")))
            .IsEqualTo(won[0]);
    }

    [Test]
    public async Task A_reader_that_began_before_a_new_version_gets_the_old_one_whole()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var old = Content.Of(20_000_000, seed: 1);
        await store.Client.PutBytesAsync(bucket, "key", old);

        using var answer = await store.Client.GetObjectAsync(bucket, "key");
        await store.Client.PutBytesAsync(bucket, "key", Content.Of(1000, seed: 2));
        using var read = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(read);

        await Assert.That(Content.Hash(read.ToArray())).IsEqualTo(Content.Hash(old));
    }
}
