using Esb.Host.Files;

namespace Esb.Stores.Backups;

/// <summary>The folders beside the data in which a backup or a restore works. Only their owner has access.</summary>
/// <param name="data">The folder for all data.</param>
internal sealed class BackupFolders(string data)
{
    /// <summary>Where the buckets are, in the data folder and in an archive.</summary>
    public const string Buckets = "objects/buckets";

    /// <summary>Where the tables are, in the data folder and in an archive.</summary>
    public const string Tables = "tables/tables.db";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Data => data;

    /// <summary>The links and copies of a backup that is being made.</summary>
    public string Backup { get; } = Path.Combine(data, "backup.unfinished");

    /// <summary>What has arrived of a backup that is being restored.</summary>
    public string Restore { get; } = Path.Combine(data, "restore.unfinished");

    /// <summary>A whole backup that takes the place of the data. While it exists, that is not complete.</summary>
    public string Ready { get; } = Path.Combine(data, "restore.ready");

    /// <summary>The data that a restore has replaced, until it is removed.</summary>
    public string Replaced { get; } = Path.Combine(data, "restore.replaced");

    /// <summary>Locked during a restore.</summary>
    public string RestoreLock { get; } = Path.Combine(data, "restore.lock");

    /// <summary>Makes an empty folder, in place of one that a killed process has left.</summary>
    public static void Create(string folder)
    {
        Remove(folder);
        Directory.CreateDirectory(folder, OwnerOnly);
    }

    public static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            FolderRemoval.Remove(folder);
    }

    /// <summary>Removes what killed processes have left. The data must be locked by this process.</summary>
    public void RemoveLeftovers()
    {
        foreach (var folder in new[] { Backup, Restore, Replaced })
            Remove(folder);
    }
}
