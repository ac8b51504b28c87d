using System.Security.Cryptography;
using System.Text;
using Esb.Host.Files;
using Esb.Objects.Errors;

namespace Esb.Objects.Storage;

/// <summary>
/// A bucket: a folder with one file per object, named by the SHA-256 of its key, because keys are not valid file names.
/// Changes to the set of objects are serialised by the gate; reads do not need it.
/// </summary>
internal sealed class Bucket
{
    private readonly DataFolder _data;
    private readonly string _objects;
    // Guards the renames into and removals from _objects, _index and _deleted.
    private readonly Lock _gate = new();
    // Built at the first listing by reading the metadata of every object once, then kept up to date.
    private KeyIndex? _index;
    private bool _deleted;

    public Bucket(DataFolder data, string folder, BucketRecord record)
    {
        _data = data;
        _objects = Path.Combine(folder, "objects");
        Name = Path.GetFileName(folder);
        Record = record;
        Documents = new BucketDocuments(data, Path.Combine(folder, "documents"));
        Uploads = new UploadFolder(data, Path.Combine(folder, "uploads"));
    }

    public string Name { get; }

    public BucketRecord Record { get; }

    public BucketDocuments Documents { get; }

    public UploadFolder Uploads { get; }

    public TemporaryFile NewTemporaryFile() => _data.NewTemporaryFile();

    /// <exception cref="S3Exception">NoSuchKey.</exception>
    public OpenObject Open(string key) => TryOpen(key) ?? throw S3Errors.NoSuchKey(key);

    public OpenObject? TryOpen(string key) => ObjectFile.Open(PathOf(key));

    /// <exception cref="S3Exception">
    /// PreconditionFailed or NoSuchKey when the current object does not meet the condition.
    /// </exception>
    public void Verify(string key, WriteCondition condition)
    {
        if (condition == WriteCondition.None)
            return;
        using var current = TryOpen(key);
        condition.Verify(key, current?.Metadata.ETag);
    }

    /// <summary>Adds metadata to written content and makes it the object of its key. Durable when it returns.</summary>
    public void Commit(TemporaryFile content, ObjectMetadata metadata, WriteCondition condition)
    {
        ObjectFile.Finish(content, metadata);
        lock (_gate)
        {
            VerifyAlive();
            Verify(metadata.Key, condition);
            content.MoveTo(PathOf(metadata.Key));
            _index?.Set(ObjectEntry.Of(metadata));
        }

        Fsync.Folder(_objects);
    }

    /// <summary>
    /// Like <see cref="Commit"/>, but returns false, without a change, when <paramref name="seen"/> is no longer the
    /// current version.
    /// </summary>
    public bool TryCommitOver(ObjectMetadata seen, TemporaryFile content, ObjectMetadata metadata)
    {
        ObjectFile.Finish(content, metadata);
        lock (_gate)
        {
            VerifyAlive();
            using var current = Open(metadata.Key);
            if (current.Metadata.Version != seen.Version)
                return false;
            content.MoveTo(PathOf(metadata.Key));
        }

        Fsync.Folder(_objects);
        return true;
    }

    /// <summary>Removes the object if it exists. Durable when it returns.</summary>
    public void Delete(string key, WriteCondition condition)
    {
        lock (_gate)
        {
            VerifyAlive();
            Verify(key, condition);
            File.Delete(PathOf(key));
            _index?.Remove(key);
        }

        Fsync.Folder(_objects);
    }

    /// <summary>Computes a result from the sorted objects while nothing changes.</summary>
    public T Query<T>(Func<KeyIndex, T> question)
    {
        lock (_gate)
        {
            VerifyAlive();
            _index ??= new KeyIndex(ReadEntries());
            return question(_index);
        }
    }

    /// <summary>Removes the bucket from the store.</summary>
    /// <exception cref="S3Exception">BucketNotEmpty.</exception>
    public void DeleteIfEmpty()
    {
        lock (_gate)
        {
            VerifyAlive();
            if (Directory.EnumerateFiles(_objects).Any())
                throw S3Errors.BucketNotEmpty(Name);
            _deleted = true;
            Documents.Forget();
            _data.RemoveFolder(Path.GetDirectoryName(_objects)!);
        }
    }

    private void VerifyAlive()
    {
        if (_deleted)
            throw S3Errors.NoSuchBucket(Name);
    }

    private string PathOf(string key) =>
        Path.Combine(_objects, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))));

    private IEnumerable<ObjectEntry> ReadEntries()
    {
        foreach (var file in Directory.EnumerateFiles(_objects))
        {
            if (Read(file) is { } entry)
                yield return entry;
        }
    }

    // A damaged file does not hide the other objects from the listing.
    private static ObjectEntry? Read(string file)
    {
        try
        {
            using var opened = ObjectFile.Open(file);
            return opened is null ? null : ObjectEntry.Of(opened.Metadata);
        }
        catch (InvalidDataException e)
        {
            DataFolder.Report(file, e);
            return null;
        }
    }
}
