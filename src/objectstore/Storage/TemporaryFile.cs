namespace Esb.ObjectStore.Storage;

/// <summary>A file that nobody knows yet. It becomes part of the store by a rename, or disappears when disposed.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly string _path;
    private bool _moved;

    public TemporaryFile(string path)
    {
        _path = path;
        // All writers bring their own buffers.
        Stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    public FileStream Stream { get; }

    /// <summary>Waits until the content is on the disk.</summary>
    public void Flush() => Stream.Flush(flushToDisk: true);

    public void MoveTo(string path)
    {
        File.Move(_path, path, overwrite: true);
        _moved = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_moved)
            File.Delete(_path);
    }
}
