using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Requests;

namespace Esb.Objects.Storage;

/// <summary>
/// A bucket: a folder with one file per version of an object. Changes to the set of versions are serialised by the
/// gate; reads do not need it.
/// </summary>
internal sealed class Bucket
{
    private readonly DataFolder _data;
    private readonly string _folder;
    private readonly VersionFiles _files;
    // Guards the renames into and removals from _files, and Settings, _index and _deleted.
    private readonly Lock _gate = new();
    // Built at the first listing by reading the metadata of every version once, then kept up to date.
    private BucketIndex? _index;
    private bool _deleted;

    public Bucket(DataFolder data, string folder, BucketRecord record)
    {
        _data = data;
        _folder = folder;
        _files = new VersionFiles(data, folder);
        Name = Path.GetFileName(folder);
        Record = record;
        Documents = new BucketDocuments(data, Path.Combine(folder, "documents"));
        Uploads = new UploadFolder(data, Path.Combine(folder, "uploads"));
        Settings = new BucketSettings(Documents);
    }

    public string Name { get; }

    public BucketRecord Record { get; }

    public BucketDocuments Documents { get; }

    public UploadFolder Uploads { get; }

    public BucketSettings Settings { get; }

    public TemporaryFile NewTemporaryFile() => _data.NewTemporaryFile();

    /// <param name="key">The key of the object.</param>
    /// <param name="versionId">The version; null for the current one.</param>
    /// <exception cref="S3Exception">NoSuchKey, NoSuchVersion, or MethodNotAllowed for a delete marker.</exception>
    public OpenObject Open(string key, string? versionId = null)
    {
        var opened = versionId is null ? OpenNewest(key) : _files.Open(key, versionId);
        if (opened is null)
            throw versionId is null || !Settings.IsVersioned
                ? S3Errors.NoSuchKey(key)
                : S3Errors.NoSuchVersion(versionId);
        if (!opened.Metadata.IsDeleteMarker)
            return opened;
        var (id, modified) = (opened.Metadata.Id, HeaderText.HttpDate(opened.Metadata.LastModified));
        opened.Dispose();
        throw versionId is null ? S3Errors.Deleted(key, id) : S3Errors.IsDeleteMarker(id, modified);
    }

    /// <summary>The current version; null when there is none or it is a delete marker.</summary>
    public OpenObject? TryOpen(string key)
    {
        var opened = OpenNewest(key);
        if (opened is not { Metadata.IsDeleteMarker: true })
            return opened;
        opened.Dispose();
        return null;
    }

    /// <exception cref="S3Exception">
    /// PreconditionFailed or NoSuchKey when the current object does not meet the condition.
    /// </exception>
    public void Verify(string key, WriteCondition condition)
    {
        if (condition == WriteCondition.None)
            return;
        using var current = OpenNewest(key);
        condition.VerifyWrite(key, current?.Metadata);
    }

    /// <summary>
    /// Adds metadata to written content and makes it the current version of its key, protected as its bucket says
    /// unless it is protected already. Durable when it returns.
    /// </summary>
    /// <returns>The metadata as written.</returns>
    public ObjectMetadata Commit(TemporaryFile content, ObjectMetadata metadata, WriteCondition condition)
    {
        if (metadata.Protection?.Retention is null
            && Settings.ObjectLock?.RetentionOf(metadata.LastModified) is { } byDefault)
            metadata = metadata with { Protection = new Protection(byDefault, metadata.Protection?.LegalHold) };
        return Add(content, metadata, () => Verify(metadata.Key, condition));
    }

    /// <summary>
    /// Replaces a version by one with other metadata, but returns false, without a change, when
    /// <paramref name="seen"/> is no longer what the request names.
    /// </summary>
    public bool TryChange(string? versionId, ObjectMetadata seen, TemporaryFile content, ObjectMetadata changed)
    {
        ObjectFile.Finish(content, changed with { Changes = seen.Changes + 1 });
        lock (_gate)
        {
            VerifyAlive();
            using var current = Open(seen.Key, versionId);
            if ((current.Metadata.Version, current.Metadata.Changes) != (seen.Version, seen.Changes))
                return false;
            _files.Put(content, seen.Key, seen.Id);
        }

        _files.Flush(seen.Key, seen.Id);
        return true;
    }

    /// <summary>
    /// Removes the object or version if it exists or, when the key of a bucket with versioning is deleted, adds a
    /// delete marker. Durable when it returns.
    /// </summary>
    /// <exception cref="S3Exception">The condition does not hold, or object lock protects the version.</exception>
    public Deleted Delete(Deletion deletion)
    {
        if (deletion.VersionId is null && Settings.IsVersioned)
            return AddMarker(deletion);
        var id = deletion.VersionId ?? VersionId.Null;
        bool isDeleteMarker;
        lock (_gate)
        {
            VerifyAlive();
            isDeleteMarker = VerifyRemovable(deletion, id);
            _files.Remove(deletion.Key, id);
            _index?.Remove(deletion.Key, id);
        }

        _files.Flush(deletion.Key, id);
        return new Deleted(deletion.VersionId, isDeleteMarker);
    }

    /// <summary>Computes a result from the sorted objects while nothing changes.</summary>
    public T Query<T>(Func<BucketIndex, T> question)
    {
        lock (_gate)
        {
            VerifyAlive();
            _index ??= Settings.IsVersioned
                ? BucketIndex.OfVersions(_files.ReadAll())
                : BucketIndex.OfObjects(_files.ReadAll());
            return question(_index);
        }
    }

    /// <summary>Changes the settings while no version changes. Durable when it returns.</summary>
    public void Change(Action<BucketSettings> change)
    {
        lock (_gate)
        {
            VerifyAlive();
            // With the first versions there is more to list.
            if (!Settings.IsVersioned)
                _index = null;
            change(Settings);
        }
    }

    /// <summary>Removes the bucket from the store.</summary>
    /// <exception cref="S3Exception">BucketNotEmpty.</exception>
    public void DeleteIfEmpty()
    {
        lock (_gate)
        {
            VerifyAlive();
            if (!_files.AreNone)
                throw S3Errors.BucketNotEmpty(Name);
            _deleted = true;
            Documents.Forget();
            _data.RemoveFolder(_folder);
        }
    }

    private OpenObject? OpenNewest(string key) =>
        Settings.IsVersioned ? _files.OpenNewest(key) : _files.Open(key, VersionId.Null);

    // What a version is called depends on the state of the bucket and the other versions of its key, and is part of the
    // file that is flushed before the gate. When one of them has changed in between, it is written and flushed again.
    private ObjectMetadata Add(TemporaryFile content, ObjectMetadata metadata, Action verify)
    {
        var place = metadata.LastModified.UtcTicks;
        while (true)
        {
            var state = Settings.Versioning;
            var made = Named(metadata, state, place);
            ObjectFile.Finish(content, made);
            lock (_gate)
            {
                VerifyAlive();
                verify();
                var newest = state == VersioningState.Off ? -1 : _files.NewestPlace(made.Key);
                if (state != Settings.Versioning || newest >= place)
                {
                    place = Math.Max(place, newest + 1);
                    continue;
                }

                _files.Put(content, made.Key, made.Id);
                _index?.Set(made);
            }

            _files.Flush(made.Key, made.Id);
            return made;
        }
    }

    private static ObjectMetadata Named(ObjectMetadata metadata, VersioningState state, long place) => state switch
    {
        VersioningState.Off => metadata,
        VersioningState.Enabled => metadata with { Place = place, GivenId = VersionId.New(place) },
        _ => metadata with { Place = place },
    };

    private Deleted AddMarker(Deletion deletion)
    {
        using var nothing = NewTemporaryFile();
        var marker = Add(
            nothing,
            new ObjectMetadata
            {
                Key = deletion.Key,
                Size = 0,
                ETag = "",
                LastModified = deletion.Now,
                IsDeleteMarker = true,
            },
            () =>
            {
                using var current = deletion.Condition == WriteCondition.None ? null : OpenNewest(deletion.Key);
                deletion.Condition.VerifyDelete(deletion.Key, current?.Metadata);
            });
        return new Deleted(marker.Id, true);
    }

    // Whether the version is a delete marker. One that does not exist needs no removal, so nothing keeps it.
    private bool VerifyRemovable(Deletion deletion, string id)
    {
        if (!Settings.IsVersioned && deletion.Condition == WriteCondition.None)
            return false;
        using var version = OpenToRemove(deletion.Key, id);
        if (version is not null || deletion.VersionId is null)
            deletion.Condition.VerifyDelete(deletion.Key, version?.Metadata);
        version?.Metadata.Protection?.VerifyRemovable(deletion.Now, deletion.BypassesGovernance);
        return version?.Metadata.IsDeleteMarker ?? false;
    }

    // What is damaged can be removed where nothing can be protected.
    private OpenObject? OpenToRemove(string key, string id)
    {
        try
        {
            return _files.Open(key, id);
        }
        catch (InvalidDataException) when (Settings.ObjectLock is null)
        {
            return null;
        }
    }

    private void VerifyAlive()
    {
        if (_deleted)
            throw S3Errors.NoSuchBucket(Name);
    }
}
