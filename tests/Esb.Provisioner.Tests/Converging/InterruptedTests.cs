using Esb.Manifests;
using Esb.Provisioner.Tests.Driving;
using Esb.Provisioner.Tests.Servers;

namespace Esb.Provisioner.Tests.Converging;

/// <summary>Runs that are killed, stopped, or concurrent.</summary>
[ClassDataSource<LocalStores>(Shared = SharedType.PerTestSession)]
public sealed class InterruptedTests(LocalStores stores)
{
    private static readonly TimeSpan Patience = Waits.Longest;

    [Test]
    [Arguments(LocalStores.Dynalite, 1, true)]
    [Arguments(LocalStores.DynamoDbLocal, 1, false)]
    [Arguments(LocalStores.Stores, 1, false)]
    [Arguments(LocalStores.DynamoDbLocal, 2, true)]
    [Arguments(LocalStores.Stores, 2, true)]
    [Arguments(LocalStores.DynamoDbLocal, 3, true)]
    [Arguments(LocalStores.Stores, 3, true)]
    [Arguments(LocalStores.MotoServer, 2, false)]
    [Arguments(LocalStores.MotoServer, 3, true)]
    public async Task A_run_that_is_killed_at_any_change_is_completed_by_the_next(
        string server,
        int change,
        bool arrives)
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(server));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        var names = Enumerable.Range(0, 3).Select(_ => Clients.NewName("killed")).ToList();
        var manifest = "resources:\n  dynamodb:\n" + string.Join('\n', names.Select(
            n => TableManifests.WithIndex(n, more: TableManifests.TimeToLive("expires")).Split("dynamodb:\n")[1]));
        await File.WriteAllTextAsync(run.Manifest, manifest);
        var reached = new TaskCompletionSource();
        var changes = 0;
        // The call arrives after the kill or is lost; its answer is never read in either case.
        proxy.Hold = async (call, gone) =>
        {
            if (!call.IsChange || Interlocked.Increment(ref changes) != change)
                return false;
            reached.SetResult();
            await RecordingProxy.UntilGoneAsync(gone);
            return !arrives;
        };

        using (var killed = run.Start())
        {
            await reached.Task.WaitAsync(Patience);
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        proxy.Hold = null;
        var next = await run.RunAsync();
        proxy.Forget();
        var last = await run.RunAsync();

        await Assert.That(next.ExitCode).IsEqualTo(0).Because(next.ToString());
        await Assert.That(last.Output.Split("unchanged").Length - 1).IsEqualTo(3).Because(last.ToString());
        await Assert.That(proxy.Changes).IsEmpty();
    }

    [Test]
    [Arguments(LocalStores.Dynalite)]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Four_runs_at_once_all_succeed_and_leave_nothing_to_do(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        var manifest = "resources:\n  dynamodb:\n" + string.Join(
            '\n',
            Enumerable.Range(0, 3).Select(_ => TableManifests.WithIndex(
                Clients.NewName("both"), more: TableManifests.TimeToLive("expires")).Split("dynamodb:\n")[1]));
        await File.WriteAllTextAsync(run.Manifest, manifest);

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => run.RunAsync()));
        var last = await run.RunAsync();

        foreach (var result in results)
            await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(last.Output.Split("unchanged").Length - 1).IsEqualTo(3).Because(last.ToString());
    }

    [Test]
    [Arguments(LocalStores.DynamoDbLocal)]
    [Arguments(LocalStores.Stores)]
    [Arguments(LocalStores.MotoServer)]
    public async Task Two_runs_at_once_that_add_the_same_indexes_both_succeed(string server)
    {
        var address = await stores.AddressAsync(server);
        using var run = new ProvisionerRun(dynamoDb: address);
        var table = Clients.NewName("both");
        await run.ApplyAsync(TableManifests.Plain(table));
        await File.WriteAllTextAsync(
            run.Manifest, TableManifests.WithIndex(table, more: TableManifests.TimeToLive("expires")));

        var results = await Task.WhenAll(run.RunAsync(), run.RunAsync());

        foreach (var result in results)
            await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        using var client = Clients.DynamoDb(address);
        await Assert.That((await client.DescribeTableAsync(table)).Table.GlobalSecondaryIndexes.Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_run_that_is_stopped_reports_it_and_ends_with_130()
    {
        await using var proxy = await RecordingProxy.StartAsync(await stores.AddressAsync(LocalStores.Dynalite));
        using var run = new ProvisionerRun(dynamoDb: proxy.Address);
        await File.WriteAllTextAsync(run.Manifest, TableManifests.Plain(Clients.NewName("stopped")));
        var reached = new TaskCompletionSource();
        proxy.Hold = async (_, gone) =>
        {
            reached.TrySetResult();
            await RecordingProxy.UntilGoneAsync(gone);
            return true;
        };

        using var process = run.Start();
        await reached.Task.WaitAsync(Patience);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);

        await Assert.That(process.ExitCode).IsEqualTo(130);
        await Assert.That(await process.StandardError.ReadToEndAsync())
            .Contains("stopped; changes that were begun may have been made; running again continues from there");
    }
}
