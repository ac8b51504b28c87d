using System.Security.Cryptography;
using System.Text;
using Esb.Host.Files;
using Esb.Objects.Requests;

namespace Esb.Objects.Storage;

/// <summary>
/// The files of a bucket's objects, named by the SHA-256 of their keys, because keys are not valid file names:
/// <c>objects/HASH</c> is the null version of a key, <c>versions/HASH/ID</c> is every other one. The newest of them is
/// the current one; no file says so, so that each change is one rename or one removal. Folders below <c>versions</c>
/// are created for the first version, so a bucket without versioning has none.
/// </summary>
internal sealed class VersionFiles(DataFolder data, string bucket)
{
    private readonly string _objects = Path.Combine(bucket, "objects");
    private readonly string _versions = Path.Combine(bucket, "versions");

    public bool AreNone => !All().Any();

    /// <param name="key">The key of the object.</param>
    /// <param name="id">The id of a version, which was verified.</param>
    public OpenObject? Open(string key, string id) => ObjectFile.Open(PathOf(key, id));

    /// <summary>The newest version of a key, which may be a delete marker.</summary>
    public OpenObject? OpenNewest(string key)
    {
        while (true)
        {
            var newest = NewestId(key);
            var plain = Open(key, VersionId.Null);
            if (newest is null || plain?.Metadata.Place > VersionId.PlaceOf(newest))
                return plain;
            plain?.Dispose();
            // It is gone when another request has deleted it meanwhile.
            if (Open(key, newest) is { } opened)
                return opened;
        }
    }

    /// <summary>The place of the newest version of a key; -1 when it has none.</summary>
    public long NewestPlace(string key)
    {
        var place = NewestId(key) is { } id ? VersionId.PlaceOf(id) : -1;
        try
        {
            using var plain = Open(key, VersionId.Null);
            return Math.Max(place, plain?.Metadata.Place ?? -1);
        }
        catch (InvalidDataException e)
        {
            // A damaged version must not keep new ones out.
            DataFolder.Report(PathOf(key, VersionId.Null), e);
            return place;
        }
    }

    /// <summary>Makes written content a version. Durable only after <see cref="Flush"/>.</summary>
    public void Put(TemporaryFile content, string key, string id)
    {
        if (id != VersionId.Null)
            CreateFolder(key);
        content.MoveTo(PathOf(key, id));
    }

    /// <summary>Removes a version, if it exists. Durable only after <see cref="Flush"/>.</summary>
    public void Remove(string key, string id) => data.Change(() => RemoveFile(key, id));

    private void RemoveFile(string key, string id)
    {
        if (id == VersionId.Null)
        {
            File.Delete(PathOf(key, id));
            return;
        }

        var folder = FolderOf(key);
        if (!Directory.Exists(folder))
            return;
        File.Delete(PathOf(key, id));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>Flushes the change of a version to the disk.</summary>
    public void Flush(string key, string id)
    {
        if (id == VersionId.Null)
        {
            Fsync.Folder(_objects);
            return;
        }

        var folder = FolderOf(key);
        try
        {
            Fsync.Folder(folder);
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            // The last version of the key was removed; what remains to be flushed is the removal of the folder.
        }

        if (Directory.Exists(_versions))
            Fsync.Folder(_versions);
    }

    /// <summary>The metadata of all versions, in no order. A damaged file does not hide the others.</summary>
    public IEnumerable<ObjectMetadata> ReadAll() => All().Select(Read).OfType<ObjectMetadata>();

    private IEnumerable<string> All() => Directory.EnumerateFiles(_objects).Concat(
        Directory.Exists(_versions)
            ? Directory.EnumerateFiles(_versions, "*", SearchOption.AllDirectories)
            : []);

    private static ObjectMetadata? Read(string file)
    {
        try
        {
            using var opened = ObjectFile.Open(file);
            return opened?.Metadata;
        }
        catch (InvalidDataException e)
        {
            DataFolder.Report(file, e);
            return null;
        }
    }

    private void CreateFolder(string key) => data.Change(() =>
    {
        if (!Directory.Exists(_versions))
        {
            Directory.CreateDirectory(_versions);
            Fsync.Folder(bucket);
        }

        Directory.CreateDirectory(FolderOf(key));
    });

    private string? NewestId(string key)
    {
        try
        {
            // Other files there are somebody else's.
            return Directory.EnumerateFiles(FolderOf(key)).Select(file => Path.GetFileName(file))
                .Where(VersionId.HasPlace)
                .Max(StringComparer.Ordinal);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string FolderOf(string key) => Path.Combine(_versions, HashOf(key));

    private string PathOf(string key, string id) => id == VersionId.Null
        ? Path.Combine(_objects, HashOf(key))
        : Path.Combine(_versions, HashOf(key), id);

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
