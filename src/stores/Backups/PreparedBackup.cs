using Esb.AdminProtocol.Stores;

namespace Esb.Stores.Backups;

/// <summary>A backup that can be written: links and copies of all data, as it was at one moment.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="manifest">What they are.</param>
/// <param name="release">Lets the next backup begin.</param>
internal sealed class PreparedBackup(string folder, BackupManifest manifest, Action release) : IDisposable
{
    /// <summary>Writes the archive.</summary>
    public Task WriteAsync(Stream target, CancellationToken cancellation) =>
        ArchiveWriter.WriteAsync(target, folder, manifest, cancellation);

    public void Dispose()
    {
        try
        {
            BackupFolders.Remove(folder);
        }
        finally
        {
            release();
        }
    }
}
