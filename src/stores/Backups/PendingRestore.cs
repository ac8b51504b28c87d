using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Esb.Stores.Backups;

/// <summary>
/// The step from the old data to that of a backup. One rename decides: before it, the old data is the data; after it,
/// the backup is, and whoever opens the data next completes the other renames.
/// </summary>
internal static class PendingRestore
{
    private static readonly string[] TableFiles = ["tables.db-shm", "tables.db-wal", "tables.db"];

    /// <summary>Decides for the backup, which is whole and on the disk. Nothing may have the data open.</summary>
    public static void Commit(BackupFolders folders)
    {
        BackupFolders.Remove(folders.Replaced);
        Directory.Move(folders.Restore, folders.Ready);
        Fsync.Folder(folders.Data);
    }

    /// <summary>Moves the backup to the place of the data. Repeating it after a kill is safe.</summary>
    public static void Apply(BackupFolders folders)
    {
        Directory.CreateDirectory(folders.Replaced);
        ReplaceBuckets(folders);
        ReplaceTables(folders);
        BackupFolders.Remove(folders.Ready);
        Fsync.Folder(folders.Data);
    }

    /// <summary>Completes a restore whose process was killed after <see cref="Commit"/>.</summary>
    /// <exception cref="StartFailure">Another process is restoring, or the disk fails.</exception>
    public static void Complete(BackupFolders folders)
    {
        if (!Directory.Exists(folders.Ready))
            return;
        try
        {
            using var held = Lock(folders);
            Apply(folders);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BackupProblem)
        {
            throw new StartFailure(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.FileAccess,
                $"the restore of a backup cannot be completed: {e.Message}",
                folders.Ready,
                Help: "check the disk, its space and the owner, then start again"));
        }
    }

    /// <summary>Keeps other restores of the same data out, of other processes, too.</summary>
    /// <exception cref="BackupProblem">A restore is under way.</exception>
    public static SafeFileHandle Lock(BackupFolders folders)
    {
        var file = Flock.OpenUnlocked(folders.RestoreLock);
        if (Flock.TryLock(file, folders.RestoreLock))
            return file;
        file.Dispose();
        throw new BackupProblem(
            StatusCodes.Status409Conflict, "another restore is under way", "wait until it has ended");
    }

    private static void ReplaceBuckets(BackupFolders folders)
    {
        var made = Path.Combine(folders.Ready, BackupFolders.Buckets);
        if (!Directory.Exists(made))
            return;
        var live = Path.Combine(folders.Data, BackupFolders.Buckets);
        Directory.CreateDirectory(Path.GetDirectoryName(live)!);
        if (Directory.Exists(live))
            Directory.Move(live, NewPath(folders));
        Directory.Move(made, live);
        Fsync.Folder(Path.GetDirectoryName(live)!);
    }

    private static void ReplaceTables(BackupFolders folders)
    {
        var made = Path.Combine(folders.Ready, BackupFolders.Tables);
        if (!File.Exists(made))
            return;
        var live = Path.Combine(folders.Data, BackupFolders.Tables);
        var folder = Path.GetDirectoryName(live)!;
        Directory.CreateDirectory(folder);
        // A log that belongs to the old file must not be applied to the new one.
        foreach (var name in TableFiles.Where(name => File.Exists(Path.Combine(folder, name))))
            File.Move(Path.Combine(folder, name), NewPath(folders));
        File.Move(made, live);
        Fsync.Folder(folder);
    }

    private static string NewPath(BackupFolders folders) =>
        Path.Combine(folders.Replaced, Guid.NewGuid().ToString("N"));
}
