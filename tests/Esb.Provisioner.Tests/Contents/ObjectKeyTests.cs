using System.Net;
using Amazon.S3.Model;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Contents;

/// <summary>Objects with keys that could be changed by URLs, XML and signatures.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class ObjectKeyTests(LocalStores stores)
{
    private static readonly string[] Keys =
    [
        "/", "//", "///", "/a", "//a", "/a/", "//a//b//", "a/", "a//", "a//b", "a///b", "/../a", "/./a", "/..", "/.",
        ".", "..", "./", "../", "./a", "../a", "../../a", "a/.", "a/..", "a/./b", "a/../b", "a/../../b", "...", ".../a",
        " ", "  ", " a", "a ", "a b", "a  b", "/ a", "+", "a+b", "a b+c", "%", "%%", "%2", "%2F", "%2f", "%252F", "%00",
        "%2e%2e", "%2E", "a%20b", "a%2Bb", "\u0001", "a\u0001b", "k\n\u0001", "/\u0001", "a\tb", "a\nb", "a\rb",
        "a\r\nb", "\u001b[31m", "a\u007f", "a\u0085b", "a\u2028b", "\ufffe", "\uffff", "\ufeffa", "\u00a0", "ü", "é",
        "e\u0301", "\u2603", "\U0001F600", "/\U0001F600", "日本", "\u200b", "\u202e", "a?b", "?", "a?versionId=1",
        "a#b", "#", "a&b=c", "=", "a;b", "a:b", "a@b", "a,b", "$", "!", "'", "\"", "(", ")", "*", "~", "-", "_", "\\",
        "a\\b", "\\..\\a", "|", "^", "`", "{a}", "[a]", "<a>", "&amp;", "&#1;", "]]>", "<!--", "{Key+}",
        "null", "a.json",
    ];

    [Test]
    public async Task Objects_with_every_kind_of_key_are_saved_deleted_and_restored()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("keys");
        await client.PutBucketAsync(bucket);
        foreach (var (i, key) in Keys.Index())
            await Assert.That((await RawObjects.PutAsync(address, bucket, key, $"body {i}")).Status)
                .IsEqualTo(HttpStatusCode.OK).Because($"put {i}");

        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);
        var gone = !((await client.ListBucketsAsync()).Buckets ?? []).Exists(b => b.BucketName == bucket);
        await client.PutBucketAsync(bucket);
        var restored = await run.PipeAsync(saved.Output, "restore");

        await Assert.That(saved.Error).Contains($"bucket {bucket}: {Keys.Length} objects");
        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
        await Assert.That(gone).IsTrue();
        await Assert.That(restored.ExitCode).IsEqualTo(0).Because(restored.Error);
        foreach (var (i, key) in Keys.Index())
            await Assert.That(await RawObjects.GetAsync(address, bucket, key))
                .IsEqualTo((HttpStatusCode.OK, $"body {i}")).Because($"get {i}");
        var listed = await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        await Assert.That(listed.S3Objects.Count).IsEqualTo(Keys.Length);
    }

    [Test]
    public async Task Uploads_with_every_kind_of_key_are_aborted_with_their_bucket()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("uploads");
        await client.PutBucketAsync(bucket);
        // The test's own SDK cannot send a leading slash.
        foreach (var key in Keys.Where(k => !k.StartsWith('/')))
            await client.InitiateMultipartUploadAsync(bucket, key);

        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);

        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
    }
}
