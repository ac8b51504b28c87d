namespace Esb.Objects.Storage;

/// <summary>
/// A temporary file that is not yet part of the store. A rename makes it part of the store; otherwise it is deleted
/// when this object is disposed.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly ChangeGate _changes;
    private readonly string _path;
    private bool _moved;

    /// <param name="path">The path, which does not exist.</param>
    /// <param name="changes">What <see cref="MoveTo"/> passes through.</param>
    public TemporaryFile(string path, ChangeGate changes)
    {
        (_path, _changes) = (path, changes);
        // No buffer is needed here, because all writers have their own.
        Stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
    }

    public FileStream Stream { get; }

    /// <summary>Flushes the content to disk.</summary>
    public void Flush() => Stream.Flush(flushToDisk: true);

    public void MoveTo(string path)
    {
        _changes.Change(() => File.Move(_path, path, overwrite: true));
        _moved = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_moved)
            File.Delete(_path);
    }
}
