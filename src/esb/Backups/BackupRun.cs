using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Backups;

/// <summary>Writes a backup of all data of the stores.</summary>
internal sealed class BackupRun(string path, PlatformSettings settings, Screen screen, TimeProvider time)
{
    /// <exception cref="CommandFailure">There is no backup.</exception>
    public async Task<BackupOutput> RunAsync(CancellationToken cancellationToken)
    {
        BackupFile.RequireFree(path);
        var stores = StoresOfPlatform.Find(settings);
        using var connection = stores as IDisposable;
        using var lines = new LiveLines(screen, time);
        var line = lines.Add($"saving {path}");
        await BackupFile.WriteAsync(path, async file =>
        {
            await using var progress = new TransferProgress(file, line, $"saving {path}", total: null);
            await stores.BackUpAsync(progress, cancellationToken);
            line.Update($"flushing {path}");
        });
        var manifest = ArchiveHead.Read(path);
        var size = new FileInfo(path).Length;
        line.Finish($"saved        {ContentsText.Of(manifest.Contents)} in {path}, {Sizes.Of(size)}");
        return BackupOutput.Of(path, size, manifest);
    }
}
