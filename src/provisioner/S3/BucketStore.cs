using System.Collections.Concurrent;
using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Manifests;
using Esb.Provisioner.Buckets;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.S3;

/// <summary>Reads and changes buckets in a store with S3's API.</summary>
/// <param name="client">An SDK client without its own retries.</param>
/// <param name="calls">Makes the calls, with retries.</param>
/// <param name="endpoint">The store's endpoint; null for AWS.</param>
internal sealed class BucketStore(AmazonS3Client client, StoreCalls calls, Uri? endpoint)
    : IResourceStore<WantedBucket, BucketState>, IDisposable
{
    private static readonly Dictionary<string, IBucketDocument> Documents = new IBucketDocument[]
    {
        new VersioningDocument(), new LifecycleDocument(), new CorsDocument(), new EncryptionDocument(),
        new PublicAccessDocument(), new PolicyDocument(), new TagDocument(), new NotificationDocument(),
        new WebsiteDocument(),
    }.ToDictionary(d => d.Property, StringComparer.Ordinal);

    private readonly ServerHeader _server = new();
    private readonly ConcurrentDictionary<string, byte> _existing = new(StringComparer.Ordinal);

    /// <summary>Waits until the store answers, identifies the product and lists its buckets.</summary>
    /// <exception cref="StoreFailure">The store cannot be used.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _server.Watch(client);
        string? next = null;
        do
        {
            var request = new ListBucketsRequest { ContinuationToken = next };
            var page = await calls.RunAsync(token => client.ListBucketsAsync(request, token), cancellationToken);
            foreach (var bucket in page.Buckets ?? [])
                _existing.TryAdd(bucket.BucketName, 0);
            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    public async Task<Reading<BucketState>> ReadAsync(WantedBucket wanted, CancellationToken cancellationToken)
    {
        var traits = StoreTraits.OfS3(endpoint, _server.Value);
        var lacking = new ConcurrentDictionary<string, byte>(
            traits.Lacking.Select(p => KeyValuePair.Create(p, (byte)0)));
        if (!_existing.ContainsKey(wanted.Name) && !await ExistsAsync(wanted.Name, cancellationToken))
            return Read(null);
        var settings = await Task.WhenAll(
            wanted.Settings.Select(s => ReadAsync(wanted.Name, Documents[s.Property], lacking, cancellationToken)));
        return Read(
            new BucketState(settings.OfType<BucketSetting>().ToDictionary(s => s.Property, StringComparer.Ordinal)));

        Reading<BucketState> Read(BucketState? state) =>
            new(
                state,
                IsUsable: state is not null,
                IsSettled: true,
                lacking.Keys.ToHashSet(StringComparer.Ordinal),
                traits);
    }

    public ResourcePlan Plan(WantedBucket wanted, Reading<BucketState> reading) =>
        BucketPlan.Of(
            wanted, reading.State, new PlanTerms(reading.Traits.Name, reading.Lacking, AllowIndexRemoval: false));

    public Task ApplyAsync(
        WantedBucket wanted,
        Change change,
        CancellationToken cancellationToken) => change is PutSetting put
        ? Documents[put.To.Property].WriteAsync(client, wanted.Name, put.To, cancellationToken)
        : CreateAsync(wanted.Name, cancellationToken);

    public void Dispose() => client.Dispose();

    private async Task<BucketSetting?> ReadAsync(
        string bucket,
        IBucketDocument document,
        ConcurrentDictionary<string, byte> lacking,
        CancellationToken cancellationToken)
    {
        try
        {
            return await calls.RunAsync(token => document.ReadAsync(client, bucket, token), cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
        catch (Exception e) when (Failure.KindOf(e) == FailureKind.Unsupported)
        {
            lacking.TryAdd(document.Property, 0);
            return null;
        }
    }

    // Another run, or this one, may have created the bucket since the list was read.
    private async Task<bool> ExistsAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                token => client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, token),
                cancellationToken);
            _existing.TryAdd(bucket, 0);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task CreateAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutBucketAsync(new PutBucketRequest { BucketName = bucket }, cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode is "BucketAlreadyOwnedByYou")
        {
            // Somebody else has created the bucket first.
        }
    }
}
