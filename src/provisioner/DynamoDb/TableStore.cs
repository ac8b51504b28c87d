using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Stores;
using Esb.Provisioner.Tables;

namespace Esb.Provisioner.DynamoDb;

/// <summary>Reads and changes tables in a store with DynamoDB's API.</summary>
/// <param name="client">An SDK client without its own retries.</param>
/// <param name="calls">Makes the calls, with retries.</param>
/// <param name="endpoint">The store's endpoint; null for AWS.</param>
/// <param name="allowIndexRemoval">Whether plans may remove indexes.</param>
internal sealed class TableStore(AmazonDynamoDBClient client, StoreCalls calls, Uri? endpoint, bool allowIndexRemoval)
    : IResourceStore<WantedTable, TableState>, IDisposable
{
    private readonly ServerHeader _server = new();

    /// <summary>Waits until the store answers, and identifies the product.</summary>
    /// <exception cref="StoreFailure">The store cannot be used.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _server.Watch(client);
        await calls.RunAsync(
            token => client.ListTablesAsync(new ListTablesRequest { Limit = 1 }, token), cancellationToken);
    }

    public async Task<Reading<TableState>> ReadAsync(WantedTable wanted, CancellationToken cancellationToken)
    {
        TableDescription table;
        try
        {
            table =
                (await calls.RunAsync(token => client.DescribeTableAsync(wanted.Name, token), cancellationToken)).Table;
        }
        catch (ResourceNotFoundException)
        {
            var product = StoreTraits.OfDynamoDb(endpoint, _server.Value, null);
            return new Reading<TableState>(null, IsUsable: false, IsSettled: true, product.Lacking, product);
        }

        var traits = StoreTraits.OfDynamoDb(endpoint, _server.Value, table.TableArn);
        var lacking = new HashSet<string>(traits.Lacking, StringComparer.Ordinal);
        if (table.DeletionProtectionEnabled is null && !traits.IsService)
            lacking.Add(TableProperty.DeletionProtection);
        var state = await WithSettingsAsync(
            TableReading.State(table), wanted, table.TableArn, lacking, cancellationToken);
        return new Reading<TableState>(
            state, TableReading.IsUsable(table), TableReading.IsSettled(table), lacking, traits);
    }

    public ResourcePlan Plan(WantedTable wanted, Reading<TableState> reading) =>
        TablePlan.Of(wanted, reading.State, new PlanTerms(reading.Traits.Name, reading.Lacking, allowIndexRemoval));

    public Task ApplyAsync(WantedTable wanted, Change change, CancellationToken cancellationToken) =>
        SendAsync(wanted.Name, change, cancellationToken);

    public void Dispose() => client.Dispose();

    // A property that has its own calls is read only when the manifest contains it.
    private async Task<TableState> WithSettingsAsync(
        TableState state,
        WantedTable wanted,
        string arn,
        HashSet<string> lacking,
        CancellationToken cancellationToken)
    {
        if (wanted.TimeToLive is not null
            && await AskAsync(
                TableProperty.TimeToLive,
                lacking,
                token => client.DescribeTimeToLiveAsync(wanted.Name, token),
                cancellationToken) is { } ttl)
            state = state with { TimeToLive = TableReading.TimeToLive(ttl.TimeToLiveDescription) };
        if (wanted.Recovery is not null
            && await AskAsync(
                TableProperty.Recovery,
                lacking,
                token => client.DescribeContinuousBackupsAsync(
                    new DescribeContinuousBackupsRequest { TableName = wanted.Name }, token),
                cancellationToken) is { } backups)
        {
            var recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
            state = state with { Recovery = recovery?.PointInTimeRecoveryStatus == PointInTimeRecoveryStatus.ENABLED };
        }

        if (wanted.Tags is not null
            && await AskAsync(
                TableProperty.Tags,
                lacking,
                token => client.ListTagsOfResourceAsync(new ListTagsOfResourceRequest { ResourceArn = arn }, token),
                cancellationToken) is { } tags)
            state = state with
            {
                Tags = state.Tags.AddRange((tags.Tags ?? []).Select(t => KeyValuePair.Create(t.Key, t.Value))),
            };
        return state;
    }

    private async Task<T?> AskAsync<T>(
        string property,
        HashSet<string> lacking,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await calls.RunAsync(call, cancellationToken);
        }
        catch (Exception e) when (Failure.KindOf(e) == FailureKind.Unsupported)
        {
            lacking.Add(property);
            return null;
        }
    }

    private async Task SendAsync(string table, Change change, CancellationToken cancellationToken)
    {
        switch (change)
        {
            case CreateTable create:
                await client.CreateTableAsync(TableRequests.Create(create.Table), cancellationToken);
                break;
            case SetTimeToLive ttl:
                await client.UpdateTimeToLiveAsync(
                    new UpdateTimeToLiveRequest
                    {
                        TableName = table,
                        TimeToLiveSpecification =
                            new TimeToLiveSpecification { Enabled = ttl.Enabled, AttributeName = ttl.Attribute },
                    }, cancellationToken);
                break;
            case SetRecovery recovery:
                await client.UpdateContinuousBackupsAsync(
                    new UpdateContinuousBackupsRequest
                    {
                        TableName = table,
                        PointInTimeRecoverySpecification =
                            new PointInTimeRecoverySpecification { PointInTimeRecoveryEnabled = recovery.Enabled },
                    }, cancellationToken);
                break;
            case SetTableTags tags:
                var arn = (await client.DescribeTableAsync(table, cancellationToken)).Table.TableArn;
                await client.TagResourceAsync(
                    new TagResourceRequest
                    {
                        ResourceArn = arn,
                        Tags = [.. tags.Tags.Select(t => new Tag { Key = t.Key, Value = t.Value })],
                    }, cancellationToken);
                break;
            default:
                await client.UpdateTableAsync(TableRequests.Update(table, change), cancellationToken);
                break;
        }
    }
}
