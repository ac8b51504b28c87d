using System.Diagnostics;
using System.Globalization;
using Esb.Dynalite.LevelDb;
using Esb.Host.Files;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Storage;

namespace Esb.Dynalite;

/// <summary>
/// Takes over the tables of a dynalite, which was the database of ESB before it had its own. Either all tables are
/// imported or none. The old folder is not changed.
/// </summary>
public static class DynaliteImport
{
    private const string Earlier = "start the earlier version of ESB once with this folder, ";

    /// <summary>
    /// Imports the tables if the data folder contains the folder of a dynalite (<c>database</c>), and has nothing in
    /// <c>tables</c> yet.
    /// </summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="arns">The region and the account of the tables.</param>
    /// <param name="report">Receives lines about the progress and the result.</param>
    /// <param name="cancellation">Ends the import, which then has changed nothing.</param>
    /// <exception cref="StorageException">
    /// A dynalite uses the folder, the folder is damaged, something in it cannot be imported, or the disk cannot be
    /// used.
    /// </exception>
    public static async Task RunIfNeededAsync(
        string dataFolder, ArnSettings arns, Action<string> report, CancellationToken cancellation)
    {
        var old = Path.Combine(dataFolder, "database");
        var tables = Path.Combine(dataFolder, "tables");
        try
        {
            if (HasContent(tables) || !LevelDatabase.IsIn(old))
                return;
            await RunAsync(old, tables, arns, report, cancellation);
        }
        catch (FolderInUseException e)
        {
            throw new StorageException(
                $"the old database cannot be imported: {e.Message}",
                old,
                "stop that process, a dynalite of an earlier version of ESB; its own esb down does so");
        }
        catch (DamageException e)
        {
            throw new StorageException(
                $"the old database cannot be imported, since it is damaged: {e.Message}",
                e.File,
                $"restore the folder {old} from a backup, or move it away to begin without tables");
        }
        catch (ImportException e)
        {
            throw new StorageException(
                $"the old database cannot be imported: {e.Message}",
                old,
                $"{Earlier}and change or delete what is named; or move the folder away to begin without tables");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TableException)
        {
            throw new StorageException(
                $"the old database cannot be imported from {old}: {e.Message}",
                old,
                $"check the disk, its space, and the owner of the folders in {dataFolder}");
        }
    }

    // An empty folder may have been created for the tables, but never had any.
    private static bool HasContent(string path) => ExistenceCheck.IsFolder(path)
        ? Directory.EnumerateFileSystemEntries(path).Any()
        : ExistenceCheck.IsAny(path);

    private static async Task RunAsync(
        string old, string tables, ArnSettings arns, Action<string> report, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        using var database = LevelDatabase.Open(old);
        report($"Importing the tables of {old}.");
        foreach (var (file, offset) in database.Unfinished)
            report(string.Create(
                CultureInfo.InvariantCulture,
                $"{file}, byte {offset}: the last write is not complete, and is ignored, as dynalite would ignore it"));
        var definitions = new OldTables(database, arns, report).Read();
        // What an import has left that was interrupted. The lock of the old folder keeps out a second import.
        var temporary = tables + ".import";
        FolderRemoval.Remove(temporary);
        long items;
        try
        {
            items = await CopyAsync(database, definitions, temporary, report, cancellation);
            Fsync.Folder(temporary);
            if (Directory.Exists(tables))
                Directory.Delete(tables);
            Directory.Move(temporary, tables);
        }
        catch
        {
            FolderRemoval.Remove(temporary);
            throw;
        }

        Fsync.Folder(Path.GetDirectoryName(tables)!);
        report(string.Create(
            CultureInfo.InvariantCulture,
            $"Imported {definitions.Count:N0} {(definitions.Count == 1 ? "table" : "tables")} with {items:N0} "
            + $"{(items == 1 ? "item" : "items")} in "
            + $"{Stopwatch.GetElapsedTime(started).TotalSeconds:N1} s. {old} is no longer used, and was not changed."));
    }

    private static async Task<long> CopyAsync(
        LevelDatabase database,
        IReadOnlyList<TableDefinition> definitions,
        string folder,
        Action<string> report,
        CancellationToken cancellation)
    {
        await using var target = TableDatabase.Open(folder, TimeProvider.System, report);
        var created = await target.WriteAsync(
            session => definitions.Select(definition => session.CreateTable(definition, view: null)).ToArray(),
            cancellation);
        return await new ItemImport(database, target, report).RunAsync(created, cancellation);
    }
}
