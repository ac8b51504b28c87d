using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Esb.Provisioner.Tables;

/// <summary>The effects on a DynamoDB-compatible store.</summary>
internal sealed class TableStore(AmazonDynamoDBClient client) : IDisposable
{
    private static readonly TimeSpan ActivePoll = TimeSpan.FromMilliseconds(50);

    public async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        do
        {
            var page = await client.ListTablesAsync(new ListTablesRequest { ExclusiveStartTableName = last }, cancellationToken);
            names.UnionWith(page.TableNames ?? []);
            last = page.LastEvaluatedTableName;
        }
        while (last is not null);
        return names;
    }

    /// <summary>Creates a table and waits until it can be used. False when somebody else was faster.</summary>
    public async Task<bool> CreateAsync(CreateTableRequest request, string? timeToLive, CancellationToken cancellationToken)
    {
        var created = true;
        try
        {
            await client.CreateTableAsync(request, cancellationToken);
        }
        catch (ResourceInUseException)
        {
            created = false;
        }

        while ((await client.DescribeTableAsync(request.TableName, cancellationToken)).Table.TableStatus != TableStatus.ACTIVE)
            await Task.Delay(ActivePoll, cancellationToken);
        if (created && timeToLive is not null)
            await client.UpdateTimeToLiveAsync(new UpdateTimeToLiveRequest { TableName = request.TableName, TimeToLiveSpecification = new TimeToLiveSpecification { Enabled = true, AttributeName = timeToLive } }, cancellationToken);
        return created;
    }

    public void Dispose() => client.Dispose();
}
