using System.Net;
using System.Security.Cryptography;
using Amazon.S3.Model;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Headers that SDKs put into the query of presigned URLs.</summary>
public sealed class HoistedHeaderTests
{
    private static readonly byte[] Body = "content"u8.ToArray();

    [Test]
    public async Task They_describe_the_object_whatever_their_case()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();

        await Assert.That(await PutAsync(store, bucket, ("x-amz-meta-owner", "ålice"), ("X-Amz-Tagging", "a=b"), (
            "x-amz-storage-class", "STANDARD_IA"))).IsEqualTo((200, ""));

        var stored = await store.Client.GetObjectMetadataAsync(bucket, "key");
        await Assert.That(stored.Metadata["owner"]).IsNotNull();
        await Assert.That((await store.Client.GetObjectTaggingAsync(
            new GetObjectTaggingRequest { BucketName = bucket, Key = "key" })).Tagging.Single().Value).IsEqualTo("b");
    }

    [Test]
    public async Task A_presigned_copy_copies()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "sécret", Body);
        using var http = new HttpClient();

        using var answer = await http.PutAsync(
            Presigner.Version4(
                store,
                "PUT",
                $"/{bucket}/copy",
                new Dictionary<string, string> { ["x-amz-copy-source"] = $"{bucket}/sécret" }), null);

        await Assert.That(answer.StatusCode).IsEqualTo(HttpStatusCode.OK);
        await Assert.That(await store.Client.GetBytesAsync(bucket, "copy")).IsEquivalentTo(Body);
    }

    [Test]
    public async Task A_checksum_is_verified_but_for_that_of_no_bytes_which_SDKs_promise_unasked()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        var right = Convert.ToBase64String(SHA256.HashData(Body));

        await Assert.That(await PutAsync(
            store,
            bucket,
            ("x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData([1]))),
            ("x-amz-sdk-checksum-algorithm", "SHA256"))).IsEqualTo((400, "BadDigest"));
        await Assert.That(
            await PutAsync(store, bucket, ("x-amz-content-sha256", Convert.ToHexStringLower(SHA256.HashData([1])))))
            .IsEqualTo((400, "XAmzContentSHA256Mismatch"));
        await Assert.That(
            await PutAsync(store, bucket, ("x-amz-checksum-sha256", right), ("x-amz-sdk-checksum-algorithm", "SHA256")))
            .IsEqualTo((200, ""));
        await Assert.That(await PutAsync(
            store, bucket, ("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-sdk-checksum-algorithm", "CRC32")))
            .IsEqualTo((200, ""));
        await Assert.That(await store.Client.GetBytesAsync(bucket, "key")).IsEquivalentTo(Body);
    }

    [Test]
    [Arguments("x-amz-object-lock-mode", "GOVERNANCE", 400, "InvalidRequest")]
    [Arguments("x-amz-server-side-encryption-customer-algorithm", "AES256", 501, "NotImplemented")]
    [Arguments("x-amz-write-offset-bytes", "5", 501, "NotImplemented")]
    [Arguments("X-Amz-Expected-Bucket-Owner", "111122223333", 403, "AccessDenied")]
    [Arguments("x-amz-acl", "public-read", 400, "AccessControlListNotSupported")]
    [Arguments("x-amz-meta-a", "a\nb", 400, "InvalidArgument")]
    [Arguments("x-amz-meta-a b", "c", 400, "InvalidArgument")]
    public async Task What_cannot_be_honoured_is_refused_as_in_a_header(
        string name,
        string value,
        int status,
        string code)
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await Assert.That(await PutAsync(store, bucket, (name, value))).IsEqualTo((status, code));
        await Assert.That(
            (await store.Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).KeyCount)
            .IsEqualTo(0);
    }

    [Test]
    public async Task Signature_version_2_covers_them_too()
    {
        await using var store = await Store.StartAsync();
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "secret", Body);
        using var http = new HttpClient();
        using var signed = await http.PutAsync(
            Presigner.Version2(store, "PUT", $"/{bucket}/key", header: "x-amz-meta-owner=alice"), null);
        using var added = await http.PutAsync(
            new Uri($"{Presigner.Version2(store, "PUT", $"/{bucket}/other")}&x-amz-copy-source={bucket}/secret"), null);

        await Assert.That((signed.StatusCode, added.StatusCode))
            .IsEqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden));
        await Assert.That((await store.Client.GetObjectMetadataAsync(bucket, "key")).Metadata["owner"])
            .IsEqualTo("alice");
    }

    [Test]
    public async Task A_parameter_and_a_header_that_differ_are_refused()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        var answer = await RawRequest.SendAsync(
            store.Port, $"PUT /{bucket}/key?x-amz-meta-a=b HTTP/1.1\nx-amz-meta-a: c\nContent-Length: 0", []);
        await Assert.That(answer).Contains("<Code>InvalidArgument</Code>");
    }

    private static async Task<(int Status, string Code)> PutAsync(
        Store store,
        string bucket,
        params (string Name, string Value)[] parameters)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(Body);
        using var answer = await http.PutAsync(
            Presigner.Version4(store, "PUT", $"/{bucket}/key", parameters.ToDictionary(p => p.Name, p => p.Value)),
            content);
        var text = await answer.Content.ReadAsStringAsync();
        return (
            (int)answer.StatusCode,
            text.Contains("<Code>", StringComparison.Ordinal) ? text.Split("<Code>")[1].Split("</Code>")[0] : "");
    }
}
