using System.Diagnostics;
using Esb.AdminProtocol.Stores;
using Esb.Host.Files;
using Esb.Objects.Serving;
using Esb.Schema.Diagnostics;
using Esb.Tables.Errors;
using Esb.Tables.Storage;

namespace Esb.Stores.Backups;

/// <summary>Backs up and restores the data of all services, while they are served (decision 114).</summary>
internal sealed class StoresBackups(
    BackupFolders folders, ObjectsService objects, TableDatabase tables, string version, TimeProvider time)
{
    private int _isBusy;

    /// <summary>How much the services hold.</summary>
    public StoreContents Count()
    {
        var (counted, buckets) = (tables.Count(), objects.Count());
        return new StoreContents(
            new TableContents(counted.Tables, counted.Items), new ObjectContents(buckets.Buckets, buckets.Objects));
    }

    /// <summary>
    /// Holds the data of all services as it is at one moment: what was answered before is in it. Writes to buckets
    /// wait while their files are linked; writes to tables do not wait.
    /// </summary>
    /// <exception cref="BackupProblem">The data cannot be read, or another backup or restore is under way.</exception>
    public PreparedBackup Prepare(CancellationToken cancellation)
    {
        var release = Begin();
        try
        {
            BackupFolders.Create(folders.Backup);
            TableSnapshot? snapshot = null;
            var buckets = Path.Combine(folders.Backup, BackupFolders.Buckets);
            var copied = Path.Combine(folders.Backup, BackupFolders.Tables);
            Directory.CreateDirectory(Path.GetDirectoryName(copied)!);
            var moment = time.GetUtcNow();
            try
            {
                objects.Link(
                    buckets, () => (snapshot, moment) = (tables.TakeSnapshot(), time.GetUtcNow()), cancellation);
                snapshot!.CopyTo(copied, cancellation);
                var counted = snapshot.Count();
                var contents = new StoreContents(
                    new TableContents(counted.Tables, counted.Items), ObjectsOf(buckets));
                return new PreparedBackup(folders.Backup, Manifest(moment, contents), release);
            }
            finally
            {
                snapshot?.Dispose();
            }
        }
        catch (Exception e)
        {
            Leave(folders.Backup, release);
            if (e is IOException or UnauthorizedAccessException or TableException)
                throw BackupProblem.Of(e);
            throw;
        }
    }

    /// <summary>
    /// Replaces the data of all services by that of an archive. The archive is first read to its end and verified;
    /// then requests wait for the few renames.
    /// </summary>
    /// <exception cref="BackupProblem">It cannot be restored; the data is what it was.</exception>
    public async Task<BackupManifest> RestoreAsync(Stream archive, CancellationToken cancellation)
    {
        var release = Begin();
        try
        {
            using var held = PendingRestore.Lock(folders);
            BackupFolders.Create(folders.Restore);
            var manifest = await ArchiveReader.UnpackAsync(archive, folders.Restore, cancellation);
            Verify(manifest);
            Fsync.FileSystem(folders.Restore);
            cancellation.ThrowIfCancellationRequested();
            await ReplaceAsync();
            return manifest;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            throw BackupProblem.Of(e);
        }
        finally
        {
            Leave(folders.Restore, release);
        }
    }

    private async Task ReplaceAsync()
    {
        try
        {
            await tables.ReplaceAsync(() => objects.Replace(() =>
            {
                PendingRestore.Commit(folders);
                Apply();
            }));
        }
        catch (StorageException e)
        {
            End(e);
            throw;
        }

        try
        {
            BackupFolders.Remove(folders.Replaced);
        }
        catch (IOException)
        {
            // The next start removes it.
        }
    }

    private void Apply()
    {
        try
        {
            PendingRestore.Apply(folders);
        }
        catch (Exception e)
        {
            End(e);
            throw;
        }
    }

    // Nothing may be served from half of the data. Only the next start can complete the renames.
    private void End(Exception reason)
    {
        Console.Error.WriteLine(new Diagnostic(
            Severity.Error,
            DiagnosticCodes.FileAccess,
            $"a backup is restored only in part, and esb-stores ends: {reason.Message}",
            folders.Data,
            Help: "check the disk and its space; the next start completes the restore"));
        Process.GetCurrentProcess().Kill();
    }

    private static void Leave(string folder, Action release)
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

    private void Verify(BackupManifest manifest)
    {
        var counted = TableDatabase.Check(Path.Combine(folders.Restore, BackupFolders.Tables));
        var buckets = Path.Combine(folders.Restore, BackupFolders.Buckets);
        Directory.CreateDirectory(buckets);
        // An archive has no empty folders.
        foreach (var bucket in Directory.EnumerateDirectories(buckets))
        {
            foreach (var part in new[] { "objects", "uploads", "documents" })
                Directory.CreateDirectory(Path.Combine(bucket, part));
        }

        var found = new StoreContents(new TableContents(counted.Tables, counted.Items), ObjectsOf(buckets));
        if (found != manifest.Contents)
            throw BackupProblem.Unusable($"it holds {found}, and its manifest says {manifest.Contents}");
    }

    private BackupManifest Manifest(DateTimeOffset moment, StoreContents contents)
    {
        var (files, bytes) = (0L, 0L);
        foreach (var file in new DirectoryInfo(folders.Backup).EnumerateFiles("*", SearchOption.AllDirectories))
            (files, bytes) = (files + 1, bytes + file.Length);
        return new BackupManifest(BackupManifest.CurrentFormat, version, moment, contents, files, bytes);
    }

    private static ObjectContents ObjectsOf(string buckets)
    {
        var counts = BucketCounts.Of(buckets);
        return new ObjectContents(counts.Buckets, counts.Objects);
    }

    private Action Begin() => Interlocked.Exchange(ref _isBusy, 1) == 0
        ? () => Volatile.Write(ref _isBusy, 0)
        : throw new BackupProblem(
            StatusCodes.Status409Conflict,
            "another backup or restore of these stores is under way",
            "wait until it has ended");
}
