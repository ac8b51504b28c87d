using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Contents;

/// <summary>The content of a table. It is read page by page, written in batches, and deleted with the table.</summary>
/// <param name="client">An SDK client without its own retries.</param>
/// <param name="calls">Makes the calls, with retries.</param>
internal sealed class TableContents(AmazonDynamoDBClient client, StoreCalls calls) : IDisposable
{
    // The limit of BatchWriteItem.
    private const int BatchSize = 25;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    public async Task<bool> ExistsAsync(string table, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(token => client.DescribeTableAsync(table, token), cancellationToken);
            return true;
        }
        catch (ResourceNotFoundException)
        {
            return false;
        }
    }

    /// <summary>All items, in pages of at most 1 MB with one JSON document per line.</summary>
    public async IAsyncEnumerable<ItemPage> PagesAsync(
        string table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Dictionary<string, AttributeValue>? from = null;
        do
        {
            var request = new ScanRequest { TableName = table, ConsistentRead = true, ExclusiveStartKey = from };
            var page = await calls.RunAsync(token => client.ScanAsync(request, token), cancellationToken);
            yield return new ItemPage(page.Items?.Count ?? 0, Lines(page.Items ?? []));
            from = page.LastEvaluatedKey;
        }
        while (from is { Count: > 0 });
    }

    /// <summary>Writes the items of one page; an item with the same key is replaced.</summary>
    /// <returns>The number of items.</returns>
    /// <exception cref="FormatException">A line is not an item.</exception>
    public async Task<int> PutAsync(string table, Stream page, CancellationToken cancellationToken)
    {
        var count = 0;
        using var lines = new StreamReader(page, leaveOpen: true);
        List<WriteRequest> batch = [];
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            batch.Add(new WriteRequest(new PutRequest(ItemJson.Read(line))));
            count++;
            if (batch.Count == BatchSize)
                await WriteAsync(table, batch, cancellationToken);
        }

        await WriteAsync(table, batch, cancellationToken);
        return count;
    }

    /// <summary>Deletes the table if it has the saved items and no others.</summary>
    /// <exception cref="StoreFailure">Its items have changed; the table stays.</exception>
    public async Task DeleteAsync(string table, ItemsDigest saved, CancellationToken cancellationToken)
    {
        try
        {
            var items = new ItemsDigest();
            await foreach (var page in PagesAsync(table, cancellationToken))
                items.Add(page.Lines);
            if (!items.Matches(saved))
                throw new StoreFailure(
                    $"table {table} stays: its items were written after it was saved",
                    "end what writes to it, then delete it again",
                    null);
            await calls.RunAsync(token => client.DeleteTableAsync(table, token), cancellationToken);
        }
        catch (ResourceNotFoundException)
        {
            // The table was deleted by an earlier call whose answer was lost, or by somebody else.
        }

        // A table with the same name can be created only when this one no longer exists.
        for (var pause = FirstPause; await ExistsAsync(table, cancellationToken); pause = Longer(pause))
            await Task.Delay(pause, cancellationToken);
    }

    public void Dispose() => client.Dispose();

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private static byte[] Lines(List<Dictionary<string, AttributeValue>> items)
    {
        using var lines = new MemoryStream();
        foreach (var item in items)
        {
            using (var json = new Utf8JsonWriter(lines))
                ItemJson.Write(json, item);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    // Unprocessed items are sent again, with increasing pauses.
    private async Task WriteAsync(string table, List<WriteRequest> batch, CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (batch.Count > 0)
        {
            var request = new BatchWriteItemRequest { RequestItems = new() { [table] = [.. batch] } };
            var answer = await calls.RunAsync(token => client.BatchWriteItemAsync(request, token), cancellationToken);
            batch.Clear();
            if (answer.UnprocessedItems?.GetValueOrDefault(table) is not { Count: > 0 } left)
                return;
            batch.AddRange(left);
            await Task.Delay(pause, cancellationToken);
            pause = Longer(pause);
        }
    }
}

/// <summary>A page of a table's items.</summary>
/// <param name="Count">The number of items.</param>
/// <param name="Lines">The items in the format of <see cref="ItemJson"/>, one per line.</param>
internal sealed record ItemPage(int Count, byte[] Lines);
