using System.Text;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Provisioner.Tests.Converging;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Contents;

/// <summary>The content of tables and buckets of real servers: saved, deleted and restored.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class SnapshotTests(LocalStores stores)
{
    [Test]
    public async Task Tables_are_requested_in_parallel_and_the_first_missing_one_is_named()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        var tables = Enumerable.Range(0, 4).Select(i => Clients.NewName($"missing{i}")).ToList();
        var asked = 0;
        var all = new TaskCompletionSource();
        proxy.Hold = async (call, gone) =>
        {
            if (call.Operation != "DescribeTable")
                return false;
            if (Interlocked.Increment(ref asked) == tables.Count)
                all.SetResult();
            // In sequence, the second request would never arrive.
            await all.Task.WaitAsync(gone);
            return false;
        };
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var found = await run.RunAsync(["delete", "--dry-run", .. tables.SelectMany(t => new[] { "--table", t })]);
        await Assert.That(found.ExitCode).IsEqualTo(1).Because(found.ToString());
        await Assert.That(found.Error).Contains($"there is no table {tables[0]}; nothing was changed")
            .And.DoesNotContain(tables[1]);
        await Assert.That(proxy.Calls.Count(c => c.Operation == "DescribeTable")).IsEqualTo(tables.Count);
    }

    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Items_of_every_type_are_restored_unchanged(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("orders");
        await run.ApplyAsync(TableManifests.Plain(table));
        Dictionary<string, AttributeValue> item = new()
        {
            ["id"] = new() { S = "ü \"1\"\n" },
            ["n"] = new() { N = "12345678901234567890.5" },
            ["b"] = new() { B = new MemoryStream([0, 255, 10]) },
            ["truth"] = new() { BOOL = false },
            ["nothing"] = new() { NULL = true },
            ["list"] = new()
            {
                L = [new() { N = "1" }, new() { M = new() { ["deep"] = new() { S = "x" } } }, new() { L = [] }],
            },
            ["map"] = new() { M = [] },
            ["texts"] = new() { SS = ["a", "b"] },
            ["numbers"] = new() { NS = ["1", "2.5"] },
            ["blobs"] = new() { BS = [new([1]), new([2])] },
        };
        await client.PutItemAsync(table, item);

        var saved = await run.PipeAsync([], "snapshot", "--table", table);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--table", table);
        var gone = (await client.ListTablesAsync()).TableNames.Contains(table);
        var missing = await run.PipeAsync(saved.Output, "check");
        await run.RunAsync();
        var restored = await run.PipeAsync(saved.Output, "restore");

        await Assert.That(saved.ExitCode).IsEqualTo(0).Because(saved.Error);
        await Assert.That(saved.Error).Contains($"table {table}: 1 item");
        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
        await Assert.That(gone).IsFalse();
        await Assert.That(missing.ExitCode).IsEqualTo(1);
        await Assert.That(missing.Error).Contains($"there is no table {table}");
        await Assert.That(restored.ExitCode).IsEqualTo(0).Because(restored.Error);
        var found = (await client.ScanAsync(new ScanRequest { TableName = table })).Items.Single();
        await Assert.That(Text(found)).IsEqualTo(Text(item));
    }

    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    public async Task A_table_of_several_pages_is_restored_completely(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("pages");
        await run.ApplyAsync(TableManifests.Plain(table));
        // A page ends at 1 MB.
        var text = new string('x', 60_000);
        foreach (var id in Enumerable.Range(0, 60))
            await client.PutItemAsync(table, new() { ["id"] = new() { S = $"{id}" }, ["text"] = new() { S = text } });

        var saved = await run.PipeAsync([], "snapshot", "--table", table);
        await run.PipeAsync(saved.Output, "delete", "--table", table);
        await run.RunAsync();
        var restored = await run.PipeAsync(saved.Output, "restore");

        await Assert.That(restored.Error).Contains($"table {table}: 60 items restored").Because(saved.Error);
        HashSet<string> ids = [];
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var page = await client.ScanAsync(new ScanRequest { TableName = table, ExclusiveStartKey = from });
            ids.UnionWith(page.Items.Where(i => i["text"].S == text).Select(i => i["id"].S));
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
        await Assert.That(ids.Count).IsEqualTo(60);
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Objects_are_restored_with_their_metadata(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("receipts");
        await client.PutBucketAsync(bucket);
        var large = new byte[3_000_000];
        Random.Shared.NextBytes(large);
        var written = new PutObjectRequest
        {
            BucketName = bucket,
            Key = "a b/ü+1.bin",
            InputStream = new MemoryStream(large),
            ContentType = "application/x-receipt",
        };
        written.Metadata["owner"] = "alice";
        await client.PutObjectAsync(written);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "empty", ContentBody = "" });

        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);
        var gone = !((await client.ListBucketsAsync()).Buckets ?? []).Exists(b => b.BucketName == bucket);
        await client.PutBucketAsync(bucket);
        var restored = await run.PipeAsync(saved.Output, "restore");

        await Assert.That(saved.ExitCode).IsEqualTo(0).Because(saved.Error);
        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
        await Assert.That(gone).IsTrue();
        await Assert.That(restored.Error).Contains($"bucket {bucket}: 2 objects restored");
        using var found = await client.GetObjectAsync(bucket, written.Key);
        using var content = new MemoryStream();
        await found.ResponseStream.CopyToAsync(content);
        await Assert.That(content.ToArray().AsSpan().SequenceEqual(large)).IsTrue();
        await Assert.That(found.Headers.ContentType).IsEqualTo("application/x-receipt");
        await Assert.That(found.Metadata["owner"]).IsEqualTo("alice");
        await Assert.That((await client.GetObjectMetadataAsync(bucket, "empty")).ContentLength).IsEqualTo(0);
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Versions_and_deletions_are_restored_in_order(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("versions");
        await CreateVersionedAsync(client, bucket);
        foreach (var text in new[] { "one", "two" })
            await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "kept", ContentBody = text });
        await client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = "hidden", ContentBody = "three" });
        await client.DeleteObjectAsync(bucket, "hidden");

        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);
        await CreateVersionedAsync(client, bucket);
        var restored = await run.PipeAsync(saved.Output, "restore");

        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
        await Assert.That(restored.Error).Contains("4 objects restored").Because(saved.Error);
        await Assert.That(await TextAsync("kept")).IsEqualTo("two");
        await Assert.That(
            (await client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket })).S3Objects.Single().Key)
            .IsEqualTo("kept");
        var versions = (await client.ListVersionsAsync(bucket)).Versions;
        await Assert.That(versions.Count(v => v.Key == "kept")).IsEqualTo(2);
        await Assert.That(versions.Where(v => v.Key == "hidden").Select(v => v.IsDeleteMarker == true))
            .IsEquivalentTo([true, false]);

        async Task<string> TextAsync(string key)
        {
            using var answer = await client.GetObjectAsync(bucket, key);
            using var reader = new StreamReader(answer.ResponseStream);
            return await reader.ReadToEndAsync();
        }
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Headers_and_tags_of_each_version_are_restored(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("headers");
        // esb-stores refuses redirects by name.
        var redirect = server == LocalStores.Stores ? null : "/elsewhere";
        await CreateVersionedAsync(client, bucket);
        await PutAsync("first");
        await PutAsync("second");

        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);
        await CreateVersionedAsync(client, bucket);
        var restored = await run.PipeAsync(saved.Output, "restore");

        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
        await Assert.That(restored.ExitCode).IsEqualTo(0).Because(restored.Error);
        var versions = (await client.ListVersionsAsync(bucket)).Versions;
        await Assert.That(await TextAsync(versions[0].VersionId)).IsEqualTo(Expected("second"));
        await Assert.That(await TextAsync(versions[1].VersionId)).IsEqualTo(Expected("first"));

        async Task PutAsync(string text)
        {
            var request = new PutObjectRequest
            {
                BucketName = bucket,
                Key = "full",
                ContentBody = text,
                WebsiteRedirectLocation = redirect,
                TagSet = [new() { Key = "name", Value = $"{text} = ü + @" }, new() { Key = "empty", Value = "" }],
            };
            request.Headers.ContentLanguage = "de";
            request.Headers["Expires"] = "Thu, 01 Jan 2026 00:00:00 GMT";
            await client.PutObjectAsync(request);
        }

        async Task<string> TextAsync(string version)
        {
            using var answer = await client.GetObjectAsync(bucket, "full", version);
            using var reader = new StreamReader(answer.ResponseStream);
            var tags = await client.GetObjectTaggingAsync(
                new GetObjectTaggingRequest { BucketName = bucket, Key = "full", VersionId = version });
            return string.Join(
                '|',
                [
                    await reader.ReadToEndAsync(), answer.Headers.ContentLanguage, answer.ExpiresString,
                    answer.WebsiteRedirectLocation,
                    .. tags.Tagging.OrderBy(tag => tag.Key).Select(tag => $"{tag.Key}:{tag.Value}"),
                ]);
        }

        string Expected(string text) =>
            $"{text}|de|Thu, 01 Jan 2026 00:00:00 GMT|{redirect}|empty:|name:{text} = ü + @";
    }

    [Test]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task A_bucket_whose_versioning_was_suspended_is_deleted_with_versions_that_have_no_ids(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(s3: address);
        using var client = Clients.S3(address);
        var bucket = Clients.NewName("suspended");
        await client.PutBucketAsync(bucket);
        await client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Suspended },
        });
        foreach (var key in new[] { "kept", "deleted" })
            await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "a" });

        var saved = await run.PipeAsync([], "snapshot", "--bucket", bucket);
        var deleted = await run.PipeAsync(saved.Output, "delete", "--bucket", bucket);

        await Assert.That(deleted.ExitCode).IsEqualTo(0).Because(deleted.Error);
        await Assert.That(((await client.ListBucketsAsync()).Buckets ?? []).Exists(b => b.BucketName == bucket))
            .IsFalse();
    }

    [Test]
    public async Task A_truncated_or_invalid_snapshot_is_refused_before_anything_is_written()
    {
        var address = await stores.AddressAsync(LocalStores.Dynalite);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("cut");
        await run.ApplyAsync(TableManifests.Plain(table));
        await client.PutItemAsync(table, new() { ["id"] = new() { S = "1" } });
        var saved = (await run.PipeAsync([], "snapshot", "--table", table)).Output;

        foreach (var damaged in new[]
        {
            saved[..^30], saved[..(saved.Length / 2)], [], Encoding.UTF8.GetBytes("not a snapshot"),
        })
        {
            var check = await run.PipeAsync(damaged, "check");
            await Assert.That(check.ExitCode).IsEqualTo(1).Because(check.Error);
            await Assert.That(check.Error).Contains("the snapshot cannot be read");
        }
    }

    [Test]
    public async Task A_snapshot_with_a_flipped_bit_is_refused_or_has_the_same_content()
    {
        var address = await stores.AddressAsync(LocalStores.Dynalite);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("flipped");
        await run.ApplyAsync(TableManifests.Plain(table));
        foreach (var id in Enumerable.Range(0, 20))
            await client.PutItemAsync(table, new() { ["id"] = new() { S = $"hello {id}" } });
        var saved = (await run.PipeAsync([], "snapshot", "--table", table)).Output;

        var refused = 0;
        // The compressed data follows a header of ten bytes, of which a reader needs four.
        foreach (var place in Enumerable.Range(0, 24).Select(i => 10 + (i * (saved.Length - 11) / 23)))
        {
            byte[] damaged = [.. saved];
            damaged[place] ^= 0x10;
            var check = await run.PipeAsync(damaged, "check");
            refused += check.ExitCode;
            if (check.ExitCode == 1)
            {
                await Assert.That(check.Error).Contains("the snapshot cannot be read").Because($"byte {place}");
                continue;
            }

            // A timestamp, or the padding of an entry.
            await run.PipeAsync(damaged, "restore");
            var items = (await client.ScanAsync(new ScanRequest { TableName = table })).Items;
            await Assert.That(items.Select(i => i["id"].S).Order())
                .IsEquivalentTo(Enumerable.Range(0, 20).Select(i => $"hello {i}").Order())
                .Because($"byte {place}: {check.Error}");
        }

        await Assert.That(refused).IsGreaterThan(12);
    }

    [Test]
    public async Task A_missing_table_or_bucket_prevents_saving_and_deleting_anything()
    {
        using var run = new ProvisionerRun(
            await stores.AddressAsync(LocalStores.Dynalite), await stores.AddressAsync(LocalStores.Stores));

        var table = await run.PipeAsync([], "snapshot", "--table", Clients.NewName("none"));
        var bucket = await run.PipeAsync([], "snapshot", "--bucket", Clients.NewName("none"));
        var unnamed = await run.PipeAsync([], "delete");

        await Assert.That(table.ExitCode).IsEqualTo(1);
        await Assert.That(table.Error).Contains("there is no table none-");
        await Assert.That(table.Output).IsEmpty();
        await Assert.That(bucket.ExitCode).IsEqualTo(1);
        await Assert.That(unnamed.ExitCode).IsEqualTo(2);
    }

    private static async Task CreateVersionedAsync(AmazonS3Client client, string bucket)
    {
        await client.PutBucketAsync(bucket);
        await client.PutBucketVersioningAsync(new PutBucketVersioningRequest
        {
            BucketName = bucket,
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Enabled },
        });
    }

    private static string Text(AttributeValue value) => value switch
    {
        { S: { } s } => $"S:{s}",
        { N: { } n } => $"N:{n}",
        { B: { } b } => $"B:{Convert.ToBase64String(b.ToArray())}",
        { BOOL: { } b } => $"BOOL:{b}",
        { NULL: { } n } => $"NULL:{n}",
        { M: { } m } => Text(m),
        { SS: { } s } => $"SS:{string.Join(',', s.Order())}",
        { NS: { } n } => $"NS:{string.Join(',', n.Order())}",
        { BS: { } b } => $"BS:{string.Join(',', b.Select(x => Convert.ToBase64String(x.ToArray())).Order())}",
        { L: { } l } => $"[{string.Join(',', l.Select(Text))}]",
        _ => "?",
    };

    private static string Text(Dictionary<string, AttributeValue> item) =>
        "{" + string.Join(',', item.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => $"{i.Key}={Text(i.Value)}"))
            + "}";
}
