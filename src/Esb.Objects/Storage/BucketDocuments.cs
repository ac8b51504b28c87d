using Esb.Host.Files;

namespace Esb.Objects.Storage;

/// <summary>
/// Documents of a bucket's sub-resources (lifecycle, policy, …), kept byte for byte. A document that is needed for
/// requests of pages stays in memory, as far as the room for the documents of all buckets allows.
/// </summary>
internal sealed class BucketDocuments(DataFolder data, string folder)
{
    private const long MostRemembered = 16L * 1024 * 1024;

    private static long _remembered;

    // Guards the files and their cache, in which a null entry means that there is no document.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]?> _known = new(StringComparer.Ordinal);

    public void Put(string name, ReadOnlySpan<byte> document)
    {
        lock (_gate)
        {
            Forget(name);
            Durable.WriteFile(data, PathOf(name), document);
        }
    }

    /// <summary>Null when there is no document.</summary>
    public byte[]? Get(string name)
    {
        lock (_gate)
            return Read(name);
    }

    /// <summary>
    /// Like <see cref="Get"/>, for frequent reads: usually returns the same array until the document is replaced.
    /// </summary>
    public byte[]? Remembered(string name)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(name, out var document))
                return document;
            document = Read(name);
            var length = document?.Length ?? 0;
            if (Interlocked.Add(ref _remembered, length) <= MostRemembered)
                _known[name] = document;
            else
                Interlocked.Add(ref _remembered, -length);
            return document;
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            Forget(name);
            data.Change(() => File.Delete(PathOf(name)));
            Fsync.Folder(folder);
        }
    }

    /// <summary>Frees the room for other buckets, because this one has been deleted.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            foreach (var name in _known.Keys.ToList())
                Forget(name);
        }
    }

    private void Forget(string name)
    {
        if (_known.Remove(name, out var document))
            Interlocked.Add(ref _remembered, -(document?.Length ?? 0));
    }

    private byte[]? Read(string name)
    {
        try
        {
            return File.ReadAllBytes(PathOf(name));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
