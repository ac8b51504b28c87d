using Amazon.DynamoDBv2.Model;
using Esb.Manifests;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Converging;

/// <summary>Throughput, billing mode, and settings that a store may not support.</summary>
public sealed partial class TableConvergenceTests
{
    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Throughput_and_billing_mode_change_both_ways_with_an_index(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        using var client = Clients.DynamoDb(address);
        var table = Clients.NewName("orders");
        string Provisioned(int read) =>
            TableManifests.WithIndex(table).Replace(
                "BillingMode: PAY_PER_REQUEST",
                $"BillingMode: PROVISIONED\n      ProvisionedThroughput: {{ReadCapacityUnits: {read}, "
                    + $"WriteCapacityUnits: 2}}",
                StringComparison.Ordinal);
        await run.ApplyAsync(TableManifests.WithIndex(table));

        var provisioned = await run.ApplyAsync(Provisioned(3));
        var more = await run.ApplyAsync(Provisioned(5));
        var units = (await client.DescribeTableAsync(table)).Table.ProvisionedThroughput.ReadCapacityUnits;
        var same = await run.RunAsync();
        var back = await run.ApplyAsync(TableManifests.WithIndex(table));

        await Assert.That(provisioned.Output).Contains("~ billing: on demand → provisioned (3 read, 2 write)")
            .Because(provisioned.ToString());
        await Assert.That(more.Output).Contains("→ provisioned (5 read, 2 write)").Because(more.ToString());
        await Assert.That(units).IsEqualTo(5);
        await Assert.That(same.Output).Contains("unchanged").Because(same.ToString());
        await Assert.That(back.Output).Contains("→ on demand").Because(back.ToString());
        await Assert.That((await client.DescribeTableAsync(table)).Table.BillingModeSummary.BillingMode.Value)
            .IsEqualTo("PAY_PER_REQUEST");
    }

    [Test]
    public async Task Stream_recovery_protection_and_tags_are_applied_where_the_store_supports_them()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.MotoServer));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        using var client = Clients.DynamoDb(proxy.Address);
        var table = Clients.NewName("orders");
        await run.ApplyAsync(TableManifests.Plain(table));
        var arn = (await client.DescribeTableAsync(table)).Table.TableArn;
        await client.TagResourceAsync(
            new TagResourceRequest { ResourceArn = arn, Tags = [new Tag { Key = "owner", Value = "somebody" }] });

        var manifest = TableManifests.Plain(table, """
            StreamSpecification: {StreamViewType: NEW_IMAGE}
            PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
            DeletionProtectionEnabled: true
            Tags: [{Key: team, Value: shop}]
            """);
        var result = await run.ApplyAsync(manifest);
        proxy.Forget();
        var again = await run.RunAsync();

        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(again.Output).Contains("unchanged").Because(again.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
        var state = (await client.DescribeTableAsync(table)).Table;
        await Assert.That(state.StreamSpecification.StreamViewType.Value).IsEqualTo("NEW_IMAGE");
        await Assert.That(state.DeletionProtectionEnabled).IsTrue();
        var tags = (await client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn })).Tags;
        await Assert.That(tags.Select(t => $"{t.Key}={t.Value}")).IsEquivalentTo(["owner=somebody", "team=shop"]);
    }

    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    public async Task A_feature_that_a_local_store_lacks_is_a_warning_that_names_it_and_no_call_is_made(string server)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var table = Clients.NewName("orders");
        var manifest = TableManifests.Plain(table, """
            PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
            DeletionProtectionEnabled: true
            TableClass: STANDARD_INFREQUENT_ACCESS
            """);

        var first = await run.ApplyAsync(manifest);
        proxy.Forget();
        var second = await run.RunAsync();

        await Assert.That(first.ExitCode).IsEqualTo(0).Because(first.ToString());
        await Assert.That(second.ExitCode).IsEqualTo(0).Because(second.ToString());
        foreach (var property in new[]
        {
            "PointInTimeRecoverySpecification", "DeletionProtectionEnabled", "TableClass",
        })
            await Assert.That(second.Error).Contains($"{property} is left as it is: {server} cannot change it");
        await Assert.That(proxy.Changes).IsEmpty();
    }
}
