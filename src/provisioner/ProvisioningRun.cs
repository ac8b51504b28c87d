using System.Net.Sockets;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Plans;
using Esb.Provisioner.Tables;
using Esb.Schema.Diagnostics;
using Esb.Schema.Resources;

namespace Esb.Provisioner;

/// <summary>One run: read what is there, plan, apply, say what was done.</summary>
internal sealed class ProvisioningRun(TableStore tables, BucketStore buckets, TimeSpan timeout, TextWriter output)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Properties that only a later version applies; said once for each resource.</summary>
    private static readonly string[] CreateOnlyTable = ["TableName", "KeySchema", "AttributeDefinitions", "BillingMode", "ProvisionedThroughput", "TableClass", "DeletionProtectionEnabled", "StreamSpecification", "SSESpecification", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "TimeToLiveSpecification"];

    public async Task ApplyAsync(ResourcesFile wanted, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        // Everything is made into requests before the first one is sent: a mistake in the last table leaves the first one alone.
        var maker = new TableRequest(diagnostics);
        var requests = wanted.Tables.ToDictionary(t => t.Name, t => (Request: maker.Make(t), TimeToLive: maker.TimeToLive(t)), StringComparer.Ordinal);
        if (diagnostics.HasErrors)
            return;
        var none = Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());
        var existingTables = wanted.Tables.Count == 0 ? none : WhenReadyAsync("DynamoDB", () => tables.NamesAsync(cancellationToken), cancellationToken);
        var existingBuckets = wanted.Buckets.Count == 0 ? none : WhenReadyAsync("S3", () => buckets.NamesAsync(cancellationToken), cancellationToken);
        await Task.WhenAll(existingTables, existingBuckets);
        var plan = ProvisioningPlan.For(wanted, await existingTables, await existingBuckets);
        WarnOfWhatIsNotApplied(plan, diagnostics);
        var lines = await Task.WhenAll(plan.Select(async action =>
        {
            var created = action.Kind == ActionKind.Create && await (action.Type == ResourceKind.Table
                ? tables.CreateAsync(requests[action.Resource.Name].Request, requests[action.Resource.Name].TimeToLive, cancellationToken)
                : buckets.CreateAsync(action.Resource.Name, cancellationToken));
            return $"{action.Type.Noun,-8}{action.Resource.Name}  {(created ? "created" : "unchanged")}";
        }));
        foreach (var line in lines)
            await output.WriteLineAsync(line);
    }

    private static void WarnOfWhatIsNotApplied(IReadOnlyList<ResourceAction> plan, DiagnosticBag diagnostics)
    {
        foreach (var action in plan.Where(a => a.Kind == ActionKind.Create))
        {
            string[] known = action.Type == ResourceKind.Table ? CreateOnlyTable : ["BucketName"];
            foreach (var (key, _) in action.Resource.Properties.Entries.Where(e => !known.Contains(e.Key.Value)))
                diagnostics.Warning(DiagnosticCodes.NotSupported, $"{action.Type.Noun} '{action.Resource.Name}': '{key.Value}' is not applied by this version", key);
        }
    }

    // Only a store that does not answer yet is waited for; one that says no is believed.
    private async Task<T> WhenReadyAsync<T>(string store, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var deadline = TimeProvider.System.GetUtcNow() + timeout;
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (IsNotReady(e) && TimeProvider.System.GetUtcNow() + pause < deadline)
            {
                if (pause > FirstPause * 4)
                    await Console.Error.WriteLineAsync($"waiting for {store}: {Innermost(e).Message}");
                await Task.Delay(pause, cancellationToken);
            }
        }
    }

    private static bool IsNotReady(Exception exception) =>
        Innermost(exception) is SocketException or HttpIOException || exception is AmazonServiceException { StatusCode: System.Net.HttpStatusCode.ServiceUnavailable } or InternalServerErrorException;

    private static Exception Innermost(Exception exception) => exception.InnerException is { } inner ? Innermost(inner) : exception;
}
