using System.Text;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>What a request asks for in its headers is done, or refused by name.</summary>
public sealed class HeaderRulesTests
{
    [Test]
    [Arguments("x-amz-expected-bucket-owner: 111122223333", "403", "AccessDenied")]
    [Arguments("x-amz-source-expected-bucket-owner: 111122223333", "403", "AccessDenied")]
    [Arguments("x-amz-acl: public-read", "400", "AccessControlListNotSupported")]
    [Arguments(
        "x-amz-grant-read: uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"",
        "400",
        "AccessControlListNotSupported")]
    [Arguments("x-amz-storage-class: zz", "400", "InvalidStorageClass")]
    [Arguments("x-amz-storage-class: EXPRESS_ONEZONE", "400", "InvalidStorageClass")]
    [Arguments("x-amz-server-side-encryption: zz", "400", "InvalidArgument")]
    [Arguments("x-amz-checksum-foo: AAAA", "501", "NotImplemented")]
    [Arguments("If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT", "501", "NotImplemented")]
    [Arguments("x-amz-if-match-size: 77", "501", "NotImplemented")]
    [Arguments("x-amz-if-match-last-modified-time: Thu, 01 Jan 1970 00:00:00 GMT", "501", "NotImplemented")]
    [Arguments("x-amz-mfa: 20899872 301749", "501", "NotImplemented")]
    [Arguments("x-amz-object-lock-legal-hold: ON", "400", "InvalidRequest")]
    [Arguments("x-amz-expected-bucket-owner: 000000000000", "200", "")]
    [Arguments("x-amz-acl: private", "200", "")]
    [Arguments("x-amz-acl: bucket-owner-full-control", "200", "")]
    [Arguments("x-amz-storage-class: GLACIER_IR", "200", "")]
    [Arguments("x-amz-server-side-encryption: AES256", "200", "")]
    public async Task A_write_does_what_it_was_asked_for_or_nothing(string header, string status, string code)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var answer = await SendAsync(store, $"PUT /{bucket}/key HTTP/1.1\n{header}");
        await Assert.That(answer).StartsWith($"HTTP/1.1 {status}")
            .And.Contains(code.Length == 0 ? "ETag" : $"<Code>{code}</Code>");
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(code.Length == 0 ? 1 : 0);
    }

    [Test]
    [Arguments("x-amz-if-match-size: 77")]
    [Arguments("x-amz-if-match-last-modified-time: Thu, 01 Jan 1970 00:00:00 GMT")]
    [Arguments("If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT")]
    [Arguments("If-None-Match: *")]
    [Arguments("If-Match: \"another\"")]
    public async Task A_delete_keeps_its_condition_or_deletes_nothing(string condition)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [1]);
        await Assert.That(await SendAsync(store, $"DELETE /{bucket}/key HTTP/1.1\n{condition}"))
            .StartsWith(condition[0] == 'x' || condition.StartsWith("If-Match", StringComparison.Ordinal)
                ? "HTTP/1.1 412"
                : "HTTP/1.1 501");
        await Assert.That(await store.Client.GetBytesAsync(bucket, "key")).IsEquivalentTo(new byte[] { 1 });
    }

    [Test]
    [Arguments("<Size>77</Size>", "PreconditionFailed")]
    [Arguments("<Size>one</Size>", "InvalidArgument")]
    [Arguments("<LastModifiedTime>2020-01-01T00:00:00Z</LastModifiedTime>", "PreconditionFailed")]
    [Arguments("<LastModifiedTime>then</LastModifiedTime>", "InvalidArgument")]
    [Arguments("<ETag>another</ETag>", "PreconditionFailed")]
    public async Task So_does_a_delete_of_many(string condition, string code)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [1]);
        var body = Encoding.UTF8.GetBytes($"<Delete><Object><Key>key</Key>{condition}</Object></Delete>");
        await Assert.That(await RawRequest.SendAsync(
            store.Port, $"POST /{bucket}?delete HTTP/1.1\nContent-Length: {body.Length}", body))
            .Contains($"<Code>{code}</Code>");
        await Assert.That(await store.Client.GetBytesAsync(bucket, "key")).IsEquivalentTo(new byte[] { 1 });
    }

    [Test]
    [Arguments("PUT")]
    [Arguments("DELETE")]
    public async Task A_part_number_without_an_upload_leaves_the_object_alone(string method)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", [1]);
        await Assert.That(await SendAsync(store, $"{method} /{bucket}/key?partNumber=1 HTTP/1.1"))
            .StartsWith("HTTP/1.1 400")
            .And.Contains("<ArgumentName>partNumber</ArgumentName>");
        await Assert.That(await store.Client.GetBytesAsync(bucket, "key")).IsEquivalentTo(new byte[] { 1 });
    }

    [Test]
    public async Task A_range_of_another_version_is_answered_with_the_whole_object()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "content"u8.ToArray());
        var etag = Content.Md5("content"u8.ToArray());
        var modified =
            (await SendAsync(store, $"HEAD /{bucket}/key HTTP/1.1")).Split("Last-Modified: ")[1].Split("\r\n")[0];
        foreach (var same in new[] { $"\"{etag}\"", modified })
            await Assert.That(await SendAsync(store, $"GET /{bucket}/key HTTP/1.1\nRange: bytes=0-2\nIf-Range: {same}"))
                .StartsWith("HTTP/1.1 206")
                .And.EndsWith("\r\n\r\ncon");
        foreach (var other in new[] { "\"other\"", $"W/\"{etag}\"", "Thu, 01 Jan 1970 00:00:00 GMT", "nonsense" })
            await Assert.That(await SendAsync(
                store, $"GET /{bucket}/key HTTP/1.1\nRange: bytes=0-2\nIf-Range: {other}")).StartsWith("HTTP/1.1 200")
                .And.EndsWith("\r\n\r\ncontent");
    }

    [Test]
    public async Task A_header_that_is_signed_twice_is_refused_before_its_value_is_written_out()
    {
        await using var store = await Store.StartAsync();
        var url = Presigner.Version4(
            store, "GET", "/", new Dictionary<string, string> { ["X-Amz-SignedHeaders"] = "host;a;a" });
        await Assert.That(await SendAsync(store, $"GET {url.PathAndQuery} HTTP/1.1\nA: b")).StartsWith("HTTP/1.1 400")
            .And.Contains("A signed header is named twice");
    }

    [Test]
    public async Task An_upload_that_is_completed_again_because_the_answer_was_missed_is_answered_again()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var upload = await store.Client.InitiateMultipartUploadAsync(bucket, "key");
        var part = await store.Client.UploadPartAsync(new UploadPartRequest
        {
            BucketName = bucket,
            Key = "key",
            UploadId = upload.UploadId,
            PartNumber = 1,
            InputStream = new MemoryStream([1]),
        });
        CompleteMultipartUploadRequest Request(string etag) =>
            new() { BucketName = bucket, Key = "key", UploadId = upload.UploadId, PartETags = [new PartETag(1, etag)] };

        var first = await store.Client.CompleteMultipartUploadAsync(Request(part.ETag));
        await store.KillAndStartAsync();
        var again = await store.Client.CompleteMultipartUploadAsync(Request(part.ETag));

        await Assert.That((again.ETag, again.Key)).IsEqualTo((first.ETag, first.Key));
        await Assert.That(await Refusal.CodeOfAsync(
            () => store.Client.CompleteMultipartUploadAsync(Request(Content.Md5([2]))))).IsEqualTo("NoSuchUpload");
        await store.Client.PutBytesAsync(bucket, "key", [2]);
        await Assert.That(await Refusal.CodeOfAsync(
            () => store.Client.CompleteMultipartUploadAsync(Request(part.ETag)))).IsEqualTo("NoSuchUpload");
    }

    private static Task<string> SendAsync(Store store, string head) =>
        RawRequest.SendAsync(store.Port, head + "\nContent-Length: 0", []);
}
