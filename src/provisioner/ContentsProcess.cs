using Esb.Host.Processes;
using Esb.Provisioner.Contents;
using Esb.Provisioner.Settings;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner;

/// <summary>
/// Saves, deletes and restores the content of tables and buckets. Each result is one line on standard error.
/// </summary>
internal sealed class ContentsProcess(
    ProvisionerSettings settings,
    ContentsRequest request,
    Stream input,
    Stream output,
    TextWriter error)
{
    // Stores are queried concurrently, so that a hundred names take hardly longer than a few.
    private const int AtOnce = 8;

    private CancellationToken _stopping;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _stopping = cancellationToken;
        try
        {
            using var tables = StoreClients.TableContents(settings, error);
            using var buckets = StoreClients.BucketContents(settings, error);
            await (request.Command switch
            {
                ContentsCommand.Snapshot => SaveAsync(tables, buckets, cancellationToken),
                ContentsCommand.Find =>
                    RequireAsync(tables, buckets, request.Tables, request.Buckets, cancellationToken),
                ContentsCommand.Delete => DeleteAsync(tables, buckets),
                ContentsCommand.Check => CheckAsync(tables, buckets, cancellationToken),
                _ => RestoreAsync(tables, buckets, cancellationToken),
            });
            return ProvisionerProcess.Done;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            await ReportAsync("stopped");
            return ProvisionerProcess.Interrupted;
        }
        catch (StoreFailure e)
        {
            await ReportAsync($"{e.Message}; {e.Help}");
        }
        catch (IOException e)
        {
            await ReportAsync(e.Message);
        }
        catch (FormatException e)
        {
            await ReportAsync($"the snapshot cannot be read: {e.Message}");
        }
        catch (Exception e) when (Failure.KindOf(e) != FailureKind.Other || e is Amazon.Runtime.AmazonServiceException)
        {
            await ReportAsync(Failure.TextOf(e));
        }

        return ProvisionerProcess.Failed;
    }

    private async Task SaveAsync(TableContents tables, BucketContents buckets, CancellationToken cancellationToken)
    {
        await RequireAsync(tables, buckets, request.Tables, request.Buckets, cancellationToken);
        await using var snapshot = new SnapshotWriter(output);
        foreach (var table in request.Tables)
            await ReportAsync(
                $"table {table}: {Counted(await snapshot.AddAsync(table, tables, cancellationToken), "item")}");
        foreach (var bucket in request.Buckets)
            await ReportAsync(
                $"bucket {bucket}: {Counted(await snapshot.AddAsync(bucket, buckets, cancellationToken), "object")}");
        await snapshot.CompleteAsync(cancellationToken);
    }

    private async Task DeleteAsync(TableContents tables, BucketContents buckets)
    {
        var saved = await SavedContents.ReadAsync(input, _stopping);
        // The rest of the input is empty, and ends with the program that started this one.
        if (settings.IsAttached)
            _stopping = AttachedInput.StopAtEnd(input, _stopping);
        // Each name is looked up before the first deletion.
        var items = request.Tables.Select(table => (table, saved.Items(table))).ToList();
        var versions = request.Buckets.Select(bucket => (bucket, saved.Versions(bucket))).ToList();
        foreach (var (table, digest) in items)
        {
            await tables.DeleteAsync(table, digest, _stopping);
            await ReportAsync($"table {table} deleted");
        }

        foreach (var (bucket, all) in versions)
        {
            await buckets.DeleteAsync(bucket, all, _stopping);
            await ReportAsync($"bucket {bucket} deleted");
        }
    }

    private async Task CheckAsync(TableContents tables, BucketContents buckets, CancellationToken cancellationToken)
    {
        var end = await SnapshotReader.ReadAsync(input, SnapshotTarget.None, cancellationToken);
        await RequireAsync(tables, buckets, end.Items.Keys, end.Objects.Keys, cancellationToken);
        foreach (var (table, count) in end.Items)
            await ReportAsync($"table {table}: {Counted(count, "item")}");
        foreach (var (bucket, count) in end.Objects)
            await ReportAsync($"bucket {bucket}: {Counted(count, "object")}");
    }

    private async Task RestoreAsync(TableContents tables, BucketContents buckets, CancellationToken cancellationToken)
    {
        var target = new SnapshotTarget(
            (table, page) => tables.PutAsync(table, page, cancellationToken),
            (bucket, stored, content) => content is null
                ? buckets.MarkDeletedAsync(bucket, stored.Key, cancellationToken)
                : buckets.PutAsync(bucket, stored, content, cancellationToken));
        var end = await SnapshotReader.ReadAsync(input, target, cancellationToken);
        foreach (var (table, count) in end.Items)
            await ReportAsync($"table {table}: {Counted(count, "item")} restored");
        foreach (var (bucket, count) in end.Objects)
            await ReportAsync($"bucket {bucket}: {Counted(count, "object")} restored");
    }

    private static async Task RequireAsync(
        TableContents tables,
        BucketContents buckets,
        IEnumerable<string> ofTables,
        IEnumerable<string> ofBuckets,
        CancellationToken cancellationToken)
    {
        List<(string Noun, string Name, Func<string, CancellationToken, Task<bool>> IsThere)> wanted =
        [
            .. ofTables.Select(t => ("table", t, (Func<string, CancellationToken, Task<bool>>)tables.ExistsAsync)),
            .. ofBuckets.Select(b => ("bucket", b, (Func<string, CancellationToken, Task<bool>>)buckets.ExistsAsync)),
        ];
        var isThere = new bool[wanted.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0, wanted.Count, options, async (i, token) => isThere[i] = await wanted[i].IsThere(wanted[i].Name, token));
        if (Array.IndexOf(isThere, false) is >= 0 and var missing)
            throw new StoreFailure(
                $"there is no {wanted[missing].Noun} {wanted[missing].Name}", "nothing was changed", null);
    }

    private static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private Task ReportAsync(string line) => error.WriteLineAsync(line);
}
