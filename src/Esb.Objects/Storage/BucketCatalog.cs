using System.Collections.Concurrent;
using System.Text.Json;
using Esb.Host.Files;
using Esb.Objects.Errors;

namespace Esb.Objects.Storage;

/// <summary>All buckets by name. A bucket is created, and deleted, by renaming a folder.</summary>
internal sealed class BucketCatalog
{
    private const string RecordFile = "bucket.json";

    // The limit of an AWS account.
    private const int MostBuckets = 10_000;

    private static readonly IReadOnlyDictionary<string, byte[]> Nothing = new Dictionary<string, byte[]>();

    private readonly DataFolder _data;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    // Makes sure that only one request at a time creates or deletes a bucket.
    private readonly Lock _gate = new();

    private BucketCatalog(DataFolder data) => _data = data;

    public IEnumerable<Bucket> All => _buckets.Values.OrderBy(b => b.Name, StringComparer.Ordinal);

    public static BucketCatalog Load(DataFolder data)
    {
        var catalog = new BucketCatalog(data);
        foreach (var folder in Directory.EnumerateDirectories(data.Buckets))
        {
            var bucket = new Bucket(data, folder, ReadRecord(folder));
            catalog._buckets[bucket.Name] = bucket;
        }

        return catalog;
    }

    // The record only contains when and where the bucket was created; its objects do not depend on it.
    private static BucketRecord ReadRecord(string folder)
    {
        var path = Path.Combine(folder, RecordFile);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), StoredRecords.Default.BucketRecord)
                ?? throw new JsonException("it is empty");
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            DataFolder.Report(path, e);
            return new BucketRecord(Directory.GetCreationTimeUtc(folder), "");
        }
    }

    /// <summary>Null when there is no such bucket.</summary>
    public Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    /// <exception cref="S3Exception">NoSuchBucket.</exception>
    public Bucket Require(string name) => Find(name) ?? throw S3Errors.NoSuchBucket(name);

    /// <summary>Does nothing when the bucket exists: us-east-1 answers the owner of a bucket in the same way.</summary>
    /// <param name="name">The name of the bucket.</param>
    /// <param name="record">What is known about it.</param>
    /// <param name="withObjectLock">Whether its versions can be protected from the start.</param>
    /// <exception cref="S3Exception">
    /// TooManyBuckets, or BucketAlreadyOwnedByYou when the bucket exists without the object lock.
    /// </exception>
    public void Create(string name, BucketRecord record, bool withObjectLock = false)
    {
        lock (_gate)
        {
            if (_buckets.TryGetValue(name, out var existing))
            {
                if (withObjectLock && existing.Settings.ObjectLock is null)
                    throw S3Errors.BucketAlreadyOwnedByYou(name, "The bucket exists, and has no Object Lock.");
                return;
            }

            if (_buckets.Count >= MostBuckets)
                throw S3Errors.TooManyBuckets(MostBuckets);
            var prepared = _data.NewTemporaryFolder();
            foreach (var part in new[] { "objects", "uploads", "documents" })
                Directory.CreateDirectory(Path.Combine(prepared, part));
            var json = JsonSerializer.SerializeToUtf8Bytes(record, StoredRecords.Default.BucketRecord);
            Durable.WriteFile(_data, Path.Combine(prepared, RecordFile), json);
            foreach (var (document, content) in withObjectLock ? BucketSettings.OfLockedBucket : Nothing)
                Durable.WriteFile(_data, Path.Combine(prepared, "documents", document), content);
            var folder = Path.Combine(_data.Buckets, name);
            Directory.Move(prepared, folder);
            Fsync.Folder(_data.Buckets);
            _buckets[name] = new Bucket(_data, folder, record);
        }
    }

    /// <exception cref="S3Exception">NoSuchBucket or BucketNotEmpty.</exception>
    public void Delete(string name)
    {
        lock (_gate)
        {
            Require(name).DeleteIfEmpty();
            _buckets.TryRemove(name, out _);
        }
    }
}
