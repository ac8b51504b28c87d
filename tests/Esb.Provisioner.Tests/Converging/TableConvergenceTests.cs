using Amazon.DynamoDBv2.Model;
using Esb.Manifests;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Converging;

/// <summary>Tables in real servers, called through a proxy that counts the calls.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed partial class TableConvergenceTests(LocalStores stores)
{
    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task A_table_is_created_and_the_second_run_makes_no_change_call(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var table = Clients.NewName("orders");
        var manifest = TableManifests.WithIndex(table);

        var first = await run.ApplyAsync(manifest);
        proxy.Forget();
        var second = await run.RunAsync();

        await Assert.That(first.ExitCode).IsEqualTo(0).Because(first.ToString());
        await Assert.That(first.Output.Trim()).IsEqualTo($"table   {table}  created");
        await Assert.That(second.ExitCode).IsEqualTo(0).Because(second.ToString());
        await Assert.That(second.Output.Trim()).IsEqualTo($"table   {table}  unchanged");
        await Assert.That(proxy.Changes).IsEmpty();
        await Assert.That(proxy.Calls.Select(c => c.Operation)).IsEquivalentTo(["ListTables", "DescribeTable"]);
        using var client = Clients.DynamoDb(proxy.Address);
        var indexes = (await client.DescribeTableAsync(table)).Table.GlobalSecondaryIndexes;
        await Assert.That(indexes.Select(i => i.IndexName)).IsEquivalentTo(["by-day"]);
    }

    [Test]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task An_index_that_a_manifest_adds_is_created_without_touching_the_items(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        using var client = Clients.DynamoDb(proxy.Address);
        var table = Clients.NewName("orders");
        await run.ApplyAsync(TableManifests.Plain(table));
        await client.PutAsync(table, "1");
        proxy.Forget();

        var added = await run.ApplyAsync(TableManifests.WithIndex(table));
        var changes = proxy.Changes.Count;
        proxy.Forget();
        var again = await run.RunAsync();

        await Assert.That(added.ExitCode).IsEqualTo(0).Because(added.ToString());
        await Assert.That(added.Output).Contains("updated").And.Contains("+ index by-day");
        await Assert.That(changes).IsEqualTo(1);
        await Assert.That(again.Output).Contains("unchanged").Because(again.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
        var found = await client.QueryAsync(new QueryRequest
        {
            TableName = table,
            IndexName = "by-day",
            KeyConditionExpression = "#d = :d",
            ExpressionAttributeNames = new Dictionary<string, string> { ["#d"] = "day" },
            ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":d"] = new() { S = "2026-01-01" } },
        });
        await Assert.That(found.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_store_that_cannot_add_an_index_is_reported_and_the_call_is_not_repeated()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var table = Clients.NewName("orders");
        await run.ApplyAsync(TableManifests.Plain(table));
        proxy.Forget();

        var result = await run.ApplyAsync(TableManifests.WithIndex(table, more: TableManifests.TimeToLive("expires")));

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Output).Contains("unchanged");
        await Assert.That(result.Error).Contains("resources.yml:9:7: warning").And.Contains(
            "dynalite cannot change it (+ index by-day)").And.Contains("(~ time to live: off → expires)");
        await Assert.That(proxy.Changes).IsEmpty();
    }

    [Test]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task The_attribute_of_time_to_live_changes_and_can_be_switched_off(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("orders");
        await run.ApplyAsync(TableManifests.Plain(table, TableManifests.TimeToLive("expires")));
        var before = (await client.DescribeTimeToLiveAsync(table)).TimeToLiveDescription.AttributeName;

        var changed = await run.ApplyAsync(TableManifests.Plain(table, TableManifests.TimeToLive("until")));
        var after = (await client.DescribeTimeToLiveAsync(table)).TimeToLiveDescription.AttributeName;
        var off = await run.ApplyAsync(TableManifests.Plain(table, "TimeToLiveSpecification: {Enabled: false}"));

        await Assert.That(before).IsEqualTo("expires");
        await Assert.That(changed.ExitCode).IsEqualTo(0).Because(changed.ToString());
        await Assert.That(after).IsEqualTo("until");
        await Assert.That(off.Output).Contains("~ time to live: until → off").Because(off.ToString());
        await Assert.That((await client.DescribeTimeToLiveAsync(table)).TimeToLiveDescription.TimeToLiveStatus.Value)
            .IsEqualTo("DISABLED");
    }

    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task A_change_of_the_key_is_refused_and_nothing_at_all_is_changed(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        using var client = Clients.DynamoDb(proxy.Address);
        var table = Clients.NewName("orders");
        var other = Clients.NewName("other");
        await run.ApplyAsync(TableManifests.Plain(table));
        await client.PutAsync(table, "1");
        proxy.Forget();

        var manifest = TableManifests.Plain(table).Replace(
            "[{AttributeName: id, KeyType: HASH}]",
            "[{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]",
            StringComparison.Ordinal)
            .Replace(
                "- {AttributeName: id, AttributeType: S}",
                "- {AttributeName: id, AttributeType: S}\n        - {AttributeName: at, AttributeType: N}",
                StringComparison.Ordinal);
        var refused = await run.ApplyAsync(manifest + "\n" + TableManifests.Plain(other).Split("dynamodb:\n")[1]);

        await Assert.That(refused.ExitCode).IsEqualTo(1).Because(refused.ToString());
        await Assert.That(refused.Error).Contains("resources.yml:4:7: error: table").And.Contains(
            "KeySchema is id (HASH) and cannot become id (HASH) at (RANGE)").And.Contains("nothing was changed");
        await Assert.That(refused.Output).Contains($"{table}  refused");
        await Assert.That(proxy.Changes).IsEmpty();
        await Assert.That(await client.CountAsync(table)).IsEqualTo(1);
    }

    [Test]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task An_index_is_removed_only_when_that_is_allowed_and_rebuilt_when_it_changes(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("orders");
        await run.ApplyAsync(TableManifests.WithIndex(table));
        await client.PutAsync(table, "1");

        var kept = await run.ApplyAsync(TableManifests.Plain(table));
        var refused = await run.ApplyAsync(TableManifests.WithIndex(table, attribute: "week"));
        var rebuilt = await run.RunAsync("--allow-index-removal");
        var keys = (await client.DescribeTableAsync(table)).Table.GlobalSecondaryIndexes.Single().KeySchema;
        var removed = await run.ApplyAsync(TableManifests.Plain(table), "--allow-index-removal");

        await Assert.That(kept.ExitCode).IsEqualTo(0).Because(kept.ToString());
        await Assert.That(kept.Error).Contains("index 'by-day' is not in the manifest and is kept; "
            + "--allow-index-removal (PROVISION_ALLOW_INDEX_REMOVAL=true) removes it");
        await Assert.That(refused.ExitCode).IsEqualTo(1).Because(refused.ToString());
        await Assert.That(refused.Error)
            .Contains("index 'by-day' is day (HASH), ALL and cannot become week (HASH), ALL");
        await Assert.That(rebuilt.ExitCode).IsEqualTo(0).Because(rebuilt.ToString());
        await Assert.That(keys.Single().AttributeName).IsEqualTo("week");
        await Assert.That(removed.Output).Contains("- index by-day").Because(removed.ToString());
        await Assert.That((await client.DescribeTableAsync(table)).Table.GlobalSecondaryIndexes ?? []).IsEmpty();
        await Assert.That(await client.CountAsync(table)).IsEqualTo(1);
    }

    [Test]
    public async Task Tables_that_the_manifest_does_not_name_are_not_even_read()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var (first, second) = (Clients.NewName("first"), Clients.NewName("second"));
        await run.ApplyAsync(TableManifests.Plain(first));
        proxy.Forget();

        await run.ApplyAsync(TableManifests.Plain(second), "--allow-index-removal");

        await Assert.That(proxy.Calls.Where(c => c.Body.Contains(first, StringComparison.Ordinal))).IsEmpty();
        using var client = Clients.DynamoDb(proxy.Address);
        await Assert.That((await client.DescribeTableAsync(first)).Table.TableStatus.Value).IsEqualTo("ACTIVE");
    }

    [Test]
    public async Task A_hundred_unchanged_tables_take_one_read_each_and_one_more()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var stem = Clients.NewName("many");
        var manifest = "resources:\n  dynamodb:\n" + string.Join(
            '\n', Enumerable.Range(0, 100).Select(i => TableManifests.Plain($"{stem}-{i}").Split("dynamodb:\n")[1]));
        var created = await run.ApplyAsync(manifest);
        proxy.Forget();

        var unchanged = await run.RunAsync();

        await Assert.That(created.ExitCode).IsEqualTo(0).Because(created.ToString());
        await Assert.That(unchanged.Output.Split("unchanged").Length - 1).IsEqualTo(100);
        await Assert.That(proxy.Calls.Count).IsEqualTo(101);
        await Assert.That(proxy.Changes).IsEmpty();
    }
}
