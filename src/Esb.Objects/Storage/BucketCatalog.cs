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

    private DataFolder _data;
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    // Makes sure that only one request at a time creates or deletes a bucket.
    private readonly Lock _gate = new();

    private BucketCatalog(DataFolder data) => _data = data;

    public IEnumerable<Bucket> All => _buckets.Values.OrderBy(b => b.Name, StringComparer.Ordinal);

    public static BucketCatalog Load(DataFolder data)
    {
        var catalog = new BucketCatalog(data);
        catalog.LoadAll();
        return catalog;
    }

    /// <summary>Has all buckets replaced. Requests that have begun can then change nothing.</summary>
    /// <param name="replace">Replaces the folder; when it throws, the folder is what it was.</param>
    public void Replace(Action replace)
    {
        lock (_gate)
        {
            foreach (var bucket in _buckets.Values)
                bucket.Documents.Forget();
            try
            {
                _data = _data.Replace(replace);
            }
            catch
            {
                _data = _data.Replace(() => { });
                throw;
            }
            finally
            {
                _buckets.Clear();
                LoadAll();
            }
        }
    }

    private void LoadAll()
    {
        foreach (var folder in Directory.EnumerateDirectories(_data.Buckets))
        {
            var bucket = new Bucket(_data, folder, ReadRecord(folder));
            _buckets[bucket.Name] = bucket;
        }
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

    /// <summary>Links all files of all buckets, as they are at one moment.</summary>
    /// <param name="target">A folder that does not exist, on the same file system.</param>
    /// <param name="atThatMoment">Done before the first link, while nothing changes.</param>
    /// <param name="cancellation">Cancels it.</param>
    public void Link(string target, Action atThatMoment, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _data.Hold(() =>
            {
                atThatMoment();
                BucketLinks.Create(_data.Buckets, target, cancellation);
            });
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
            _data.Change(() => Directory.Move(prepared, folder));
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
