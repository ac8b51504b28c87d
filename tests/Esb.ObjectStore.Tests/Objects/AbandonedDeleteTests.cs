<<<<<<< HEAD
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.ObjectStore.Tests.Serving;

namespace Esb.ObjectStore.Tests.Objects;

/// <summary>A client that is killed while the store deletes for it.</summary>
internal sealed class AbandonedDeleteTests
{
    private const int Keys = 1000;

    [Test]
    public async Task Nothing_is_deleted_for_a_client_that_has_ended()
    {
        await using var store = await Store.StartAsync(isOpen: true);
        var (abandoned, other) = (await store.NewBucketAsync(), await store.NewBucketAsync());
        foreach (var bucket in new[] { abandoned, other })
            await Parallel.ForEachAsync(Enumerable.Range(0, Keys), async (i, token) =>
                await store.Client.PutObjectAsync(
                    new() { BucketName = bucket, Key = Key(i), ContentBody = "old" }, token));

        using (await SendAsync(store, abandoned))
            await Eventually.TrueAsync(async () => !await IsThereAsync(store, abandoned, 0));
        await store.Client.PutObjectAsync(
            new() { BucketName = abandoned, Key = Key(Keys - 1), ContentBody = "new" });

        // As much work, begun later: the other request has ended before this one.
        using (await SendAsync(store, other))
            await Eventually.TrueAsync(async () => !await IsThereAsync(store, other, Keys - 1));
        await Assert.That(await IsThereAsync(store, abandoned, Keys - 1)).IsTrue();
    }

    private static Task<System.Net.Sockets.TcpClient> SendAsync(Store store, string bucket)
    {
        var listed = string.Concat(Enumerable.Range(0, Keys).Select(i => $"<Object><Key>{Key(i)}</Key></Object>"));
        var body = Encoding.UTF8.GetBytes($"<Delete>{listed}</Delete>");
#pragma warning disable CA5351 // The protocol's checksum, not a protection.
        var checksum = Convert.ToBase64String(MD5.HashData(body));
#pragma warning restore CA5351
        return RawRequest.OpenAsync(
            store.Port,
            $"POST /{bucket}?delete HTTP/1.1\nContent-MD5: {checksum}\nContent-Length: {body.Length}",
            body);
    }

    private static async Task<bool> IsThereAsync(Store store, string bucket, int key)
    {
        var listed = await store.Client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = Key(key) });
        return listed.KeyCount > 0;
    }

    private static string Key(int i) => "k" + i.ToString("d4", CultureInfo.InvariantCulture);
=======
using System.Text;
using Esb.ObjectStore.Objects;
using Esb.ObjectStore.Storage;
using Esb.ObjectStore.Xml;

namespace Esb.ObjectStore.Tests.Objects;

/// <summary>DeleteObjects whose client is gone before the answer.</summary>
internal sealed class AbandonedDeleteTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-abandoned").FullName;

    [After(Test)]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task Nothing_more_is_deleted_once_the_client_has_gone()
    {
        using var data = DataFolder.Open(_root);
        var catalog = BucketCatalog.Load(data);
        catalog.Create("bucket", new BucketRecord(DateTimeOffset.UnixEpoch, ""));
        var bucket = catalog.Require("bucket");
        foreach (var key in new[] { "first", "second", "third" })
            Put(bucket, key);
        using var gone = new CancellationTokenSource();

        await Assert.That(() => ObjectDeletes.DeleteAll(bucket, Listed(gone), gone.Token))
            .Throws<OperationCanceledException>();

        await Assert.That(Exists("first")).IsFalse();
        await Assert.That((Exists("second"), Exists("third"))).IsEqualTo((true, true));

        bool Exists(string key)
        {
            using var opened = bucket.TryOpen(key);
            return opened is not null;
        }
    }

    private static IEnumerable<XmlElement> Listed(CancellationTokenSource gone)
    {
        var document = Encoding.UTF8.GetBytes(
            "<Delete><Object><Key>first</Key></Object><Object><Key>second</Key></Object>"
                + "<Object><Key>third</Key></Object></Delete>");
        foreach (var (i, listed) in XmlElement.Parse(document, "Delete").All("Object").Index())
        {
            if (i == 1)
                gone.Cancel();
            yield return listed;
        }
    }

    private static void Put(Bucket bucket, string key)
    {
        using var content = bucket.NewTemporaryFile();
        bucket.Commit(
            content,
            new ObjectMetadata { Key = key, Size = 0, ETag = "e", LastModified = DateTimeOffset.UnixEpoch },
            WriteCondition.None);
    }
>>>>>>> 68bf2bdffd6fc5301c7d47dc7b063290849ec9f6
}
