using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Provisioner.Tests.Converging;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Contents;

/// <summary>What is written between a snapshot and the deletion of what it contains.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class WrittenSinceTests(LocalStores stores)
{
    [Test]
    public async Task An_object_that_is_not_in_the_snapshot_stays_with_its_bucket()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = await CreateAsync(client, "old", "changed", "removed");
        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        await PutAsync(client, bucket, "changed", "new");
        await PutAsync(client, bucket, "added", "new");
        await client.DeleteObjectAsync(bucket, "removed");

        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);

        await Assert.That(deleted.ExitCode).IsEqualTo(1);
        await Assert.That(deleted.Error).Contains(
            $"bucket {bucket} stays, with the objects that were written after it was saved: added, changed; ");
        await Assert.That(await KeysAsync(client, bucket)).IsEquivalentTo(["added", "changed"]);
        var again = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        await Assert.That((await run.PipeAsync(again.Output, "delete", "--bucket", bucket)).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task An_object_that_is_written_while_its_bucket_is_deleted_stays()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        await using var proxy = await RecordingProxy.StartAsync(address);
        using var run = new ProvisionerRun(s3: proxy.Address);
        using var client = Clients.S3(address);
        var bucket = await CreateAsync(client, "old", "changed");
        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        // Another client writes after the request was sent; its sender may have ended by then.
        proxy.Hold = async (call, gone) =>
        {
            if (call.Method == "POST")
                await PutAsync(client, bucket, "changed", "new");
            return false;
        };

        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);

        await Assert.That(deleted.ExitCode).IsEqualTo(1);
        await Assert.That(deleted.Error).Contains($"bucket {bucket} stays").And.Contains(": changed; ");
        await Assert.That(await KeysAsync(client, bucket)).IsEquivalentTo(["changed"]);
    }

    [Test]
    public async Task An_object_that_is_written_when_the_bucket_seems_empty_stays()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        await using var proxy = await RecordingProxy.StartAsync(address);
        using var run = new ProvisionerRun(s3: proxy.Address);
        using var client = Clients.S3(address);
        var bucket = await CreateAsync(client, "old");
        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        proxy.Hold = async (call, gone) =>
        {
            if (call.Method == "DELETE")
                await PutAsync(client, bucket, "late", "new");
            return false;
        };

        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);

        await Assert.That(deleted.ExitCode).IsEqualTo(1);
        await Assert.That(deleted.Error).Contains($"bucket {bucket} stays").And.Contains(": late; ");
        await Assert.That(await KeysAsync(client, bucket)).IsEquivalentTo(["late"]);
    }

    [Test]
    [Arguments("added")]
    [Arguments("changed")]
    [Arguments("removed")]
    public async Task A_table_whose_items_are_not_those_of_the_snapshot_stays(string how)
    {
        var address = await stores.AddressAsync(LocalStores.Dynalite);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("written");
        await run.ApplyAsync(TableManifests.Plain(table));
        foreach (var id in new[] { "1", "2" })
            await client.PutItemAsync(table, Item(id, "old"));
        var saved = await run.PipeAsync([], "snapshot", "--table", table);
        if (how == "removed")
            await client.DeleteItemAsync(table, new() { ["id"] = new() { S = "1" } });
        else
            await client.PutItemAsync(table, Item(how == "added" ? "3" : "1", "new"));

        var deleted = await run.PipeAsync(saved.Output, "delete", "--table", table);

        await Assert.That(deleted.ExitCode).IsEqualTo(1);
        await Assert.That(deleted.Error).Contains($"table {table} stays: its items were written after it was saved; ");
        var again = await run.PipeAsync([], "snapshot", "--table", table);
        await Assert.That((await run.PipeAsync(again.Output, "delete", "--table", table)).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task Nothing_is_deleted_without_a_snapshot_that_contains_it()
    {
        var address = await stores.AddressAsync(LocalStores.Stores);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var (saved, other) = (await CreateAsync(client, "a"), await CreateAsync(client, "b"));
        var snapshot = (await run.PipeAsync([], "snapshot", "--bucket", saved)).Output;

        var without = await run.PipeAsync([], "delete", "--bucket", saved);
        var cut = await run.PipeAsync(snapshot[..^40], "delete", "--bucket", saved);
        var another = await run.PipeAsync(snapshot, "delete", "--bucket", saved, "--bucket", other);

        await Assert.That((without.ExitCode, cut.ExitCode, another.ExitCode)).IsEqualTo((1, 1, 1));
        await Assert.That(another.Error).Contains($"it does not contain bucket {other}");
        await Assert.That(await KeysAsync(client, saved)).IsEquivalentTo(["a"]);
        await Assert.That(await KeysAsync(client, other)).IsEquivalentTo(["b"]);
    }

    private static Dictionary<string, AttributeValue> Item(string id, string text) =>
        new() { ["id"] = new() { S = id }, ["text"] = new() { S = text } };

    private static async Task<string> CreateAsync(AmazonS3Client client, params string[] keys)
    {
        var bucket = Clients.NewName("written");
        await client.PutBucketAsync(bucket);
        foreach (var key in keys)
            await PutAsync(client, bucket, key, "saved");
        return bucket;
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client client, string bucket, string key, string text) =>
        client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = text });

    private static async Task<IEnumerable<string>> KeysAsync(AmazonS3Client client, string bucket) =>
        (await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects
            .Select(o => o.Key);
}
