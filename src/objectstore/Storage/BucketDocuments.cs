namespace Esb.ObjectStore.Storage;

/// <summary>Documents that a bucket carries for its sub-resources (lifecycle, policy, …), kept byte for byte as they were put.</summary>
internal sealed class BucketDocuments(DataFolder data, string folder)
{
    public void Put(string name, ReadOnlySpan<byte> document) => Durable.WriteFile(data, PathOf(name), document);

    /// <summary>Null when nothing was put.</summary>
    public byte[]? Get(string name)
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

    public void Delete(string name)
    {
        File.Delete(PathOf(name));
        Durable.FlushFolder(folder);
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
