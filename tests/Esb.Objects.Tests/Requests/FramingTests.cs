using System.Text;
using Esb.Objects.Tests.Serving;

namespace Esb.Objects.Tests.Requests;

/// <summary>Bodies byte by byte: they must be what their headers announce, or nothing is stored.</summary>
public sealed class FramingTests
{
    // CRC-32 of "hello world", big endian, in base 64.
    private const string Crc32 = "DUoRhQ==";

    private const string Chunked = "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER\nx-amz-trailer: "
        + "x-amz-checksum-crc32\nx-amz-decoded-content-length: 11";

    [Test]
    [Arguments("b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:" + Crc32 + "\r\n\r\n")]
    [Arguments("6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:" + Crc32 + "\r\n\r\n")]
    [Arguments("B\r\nhello world\r\n0\r\nx-amz-checksum-crc32: " + Crc32 + "\r\n")]
    public async Task A_chunked_body_is_stored_without_its_framing_and_trailer(string body)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await PutAsync(store, bucket, Chunked, body);

        await Assert.That(answer).StartsWith("HTTP/1.1 200");
        await Assert.That(Encoding.UTF8.GetString(await store.Client.GetBytesAsync(bucket, "key")))
            .IsEqualTo("hello world");
    }

    [Test]
    [Arguments(Chunked, "b\r\nhello world\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n", "BadDigest")]
    [Arguments(Chunked, "b\r\nhello world\r\n0\r\n\r\n", "MalformedTrailerError")]
    [Arguments(Chunked, "b\r\nhello world\r\n", "IncompleteBody")]
    [Arguments(Chunked, "b\r\nhello", "IncompleteBody")]
    [Arguments(Chunked, "c\r\nhello world\r\n0\r\n\r\n", "IncompleteBody")]
    [Arguments(Chunked, "5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n", "IncompleteBody")]
    [Arguments(Chunked, "zz\r\nhello world\r\n0\r\n\r\n", "IncompleteBody")]
    [Arguments(Chunked, "-1\r\nhello world\r\n0\r\n\r\n", "IncompleteBody")]
    [Arguments(
        "x-amz-content-sha256: UNSIGNED-PAYLOAD\nContent-MD5: XrY7u+Ae7tCTyyK7j1rNww=x",
        "hello world",
        "InvalidDigest")]
    [Arguments(
        "x-amz-content-sha256: UNSIGNED-PAYLOAD\nContent-MD5: 1B2M2Y8AsgTpgAmY7PhCfg==", "hello world", "BadDigest")]
    [Arguments(
        "x-amz-content-sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "hello world",
        "XAmzContentSHA256Mismatch")]
    [Arguments("x-amz-checksum-sha256: 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "hello world", "BadDigest")]
    public async Task A_body_that_differs_from_its_headers_is_refused_and_the_old_object_stays(
        string headers,
        string body,
        string code)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();
        await store.Client.PutBytesAsync(bucket, "key", "old"u8.ToArray());

        var answer = await PutAsync(store, bucket, headers, body);

        await Assert.That(answer).Contains($"<Code>{code}</Code>").Because(answer);
        await Assert.That(answer).StartsWith("HTTP/1.1 400");
        await Assert.That(Encoding.UTF8.GetString(await store.Client.GetBytesAsync(bucket, "key"))).IsEqualTo("old");
        await Assert.That(Directory.EnumerateFiles(Path.Combine(store.Folder, "temporary"))).IsEmpty();
    }

    [Test]
    [Arguments("+5")]
    [Arguments("-0")]
    [Arguments("0x5")]
    public async Task A_length_that_is_not_digits_alone_is_refused_and_nothing_is_stored(string length)
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await RawRequest.SendAsync(
            store.Port, $"PUT /{bucket}/key HTTP/1.1\nContent-Length: {length}", "hello"u8.ToArray());

        await Assert.That(answer).StartsWith("HTTP/1.1 400");
        await Assert.That(await RawRequest.SendAsync(store.Port, $"GET /{bucket}/key HTTP/1.1\nContent-Length: 0", []))
            .StartsWith("HTTP/1.1 404");
    }

    [Test]
    public async Task A_key_that_looks_like_a_path_stays_inside_of_the_store()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var bucket = await store.NewBucketAsync();

        var answer = await RawRequest.SendAsync(
            store.Port, $"PUT /{bucket}/../../../../escaped HTTP/1.1\nContent-Length: 1", [1]);
        var encoded = await RawRequest.SendAsync(
            store.Port, $"PUT /{bucket}/..%2F..%2Fescaped HTTP/1.1\nContent-Length: 1", [1]);

        await Assert.That(answer).StartsWith("HTTP/1.1").And.DoesNotStartWith("HTTP/1.1 5");
        await Assert.That(encoded).StartsWith("HTTP/1.1 200");
        await Assert.That(File.Exists(Path.Combine(Path.GetDirectoryName(store.Folder)!, "escaped"))).IsFalse();
        await Assert.That(Directory.EnumerateFiles(store.Folder).Select(f => Path.GetFileName(f)!))
            .IsEquivalentTo(["lock"]);
    }

    private static Task<string> PutAsync(Store store, string bucket, string headers, string body) =>
        RawRequest.SendAsync(
            store.Port,
            $"PUT /{bucket}/key HTTP/1.1\n{headers}\nContent-Length: {body.Length}",
            Encoding.Latin1.GetBytes(body));
}
