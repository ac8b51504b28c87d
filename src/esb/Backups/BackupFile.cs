using Esb.Host.Files;

namespace Esb.Cli.Backups;

/// <summary>
/// The file of a backup: written next to its place, flushed, and renamed when it is whole. Only its owner may read it.
/// </summary>
internal static class BackupFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Refuses a path that cannot become the file, before anything is done.</summary>
    /// <exception cref="CommandFailure">It exists, or has no folder.</exception>
    public static void RequireFree(string path)
    {
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            throw CommandFailure.Usage($"{path} already exists", "name another file, or remove it");
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            throw CommandFailure.Usage(
                $"{path} cannot be written: there is no folder {Path.GetDirectoryName(path)}",
                "create it, or name a file in another folder");
    }

    /// <param name="path">The path, which is free.</param>
    /// <param name="writeAsync">Writes the content.</param>
    /// <exception cref="CommandFailure">The file cannot be written; then nothing is left of it.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> writeAsync)
    {
        try
        {
            using var work = UnfinishedFolder.Create(path);
            var whole = Path.Combine(work.Path, "backup");
            await using (var file = new FileStream(whole, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                UnixCreateMode = OwnerOnly,
            }))
            {
                await writeAsync(file);
                file.Flush(flushToDisk: true);
            }

            RequireFree(path);
            File.Move(whole, path);
            Fsync.Folder(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Environment(
                $"{path} was not written: {e.Message}", "check the disk and its space, or name a file elsewhere");
        }
    }
}
