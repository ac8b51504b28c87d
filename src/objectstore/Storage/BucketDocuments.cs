namespace Esb.ObjectStore.Storage;

/// <summary>
/// Documents that a bucket carries for its sub-resources (lifecycle, policy, …), kept byte for byte as they were put. What was read or put
/// stays in memory, since every request of a page of another origin asks for one.
/// </summary>
internal sealed class BucketDocuments(DataFolder data, string folder)
{
    // Guards the files and what is known of them: null means that there is none.
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]?> _known = new(StringComparer.Ordinal);

    public void Put(string name, ReadOnlySpan<byte> document)
    {
        lock (_gate)
        {
            _known.Remove(name);
            Durable.WriteFile(data, PathOf(name), document);
            _known[name] = document.ToArray();
        }
    }

    /// <summary>Null when nothing was put. The same array as before unless it was put again.</summary>
    public byte[]? Get(string name)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(name, out var document))
                _known[name] = document = Read(name);
            return document;
        }
    }

    public void Delete(string name)
    {
        lock (_gate)
        {
            _known.Remove(name);
            File.Delete(PathOf(name));
            Durable.FlushFolder(folder);
        }
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
