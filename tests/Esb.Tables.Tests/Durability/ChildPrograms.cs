using System.Collections.Concurrent;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Tests.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Durability;

/// <summary>What other tests start in a process of its own: it only runs when it is named.</summary>
[Explicit]
public sealed class ChildPrograms
{
    /// <summary>The number of clients that write at once.</summary>
    public const int Clients = 16;

    private static string Folder => Environment.GetEnvironmentVariable(ChildProcess.FolderSetting)!;

    /// <summary>The file in which a client notes what was acknowledged.</summary>
    public static string NotesOf(string folder, int client) => Path.Combine(folder, $"acknowledged-{client}");

    [Test]
    public async Task Writes_until_it_is_killed()
    {
        await using var database = TableDatabase.Open(Path.Combine(Folder, "data"), TimeProvider.System);
        await WriteAsync(database);
    }

    [Test]
    public async Task Writes_until_the_disk_fails()
    {
        var lines = new ConcurrentQueue<string>();
        await using var database = TableDatabase.Open(Path.Combine(Folder, "data"), TimeProvider.System, lines.Enqueue);
        try
        {
            await WriteAsync(database);
        }
        catch (TableException e)
        {
            var table = database.Read(session => session.FindTable("t"));
            await File.WriteAllLinesAsync(Path.Combine(Folder, "report"), [$"{e.Status} {table!.Name}", .. lines]);
        }
    }

    [Test]
    public async Task Writes_until_there_is_no_room()
    {
        var lines = new ConcurrentQueue<string>();
        await using var database = TableDatabase.Open(Path.Combine(Folder, "data"), TimeProvider.System, lines.Enqueue);
        await database.WriteAsync(session => session.CreateTable(Samples.Table(), null), CancellationToken.None);
        var accepted = 0;
        TableException? refusal = null;
        while (refusal is null)
        {
            try
            {
                var item = Samples.Item("a", accepted, value: new string('v', 5000));
                await database.WriteAsync(session => Put(session, item), CancellationToken.None);
                accepted++;
            }
            catch (TableException e)
            {
                refusal = e;
            }
        }

        var items = database.Read(session => session.Range(
            session.FindTable("t")!, null, KeyRange.All, forward: true, null).Count());
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "report"), $"{accepted} {items} {refusal.Status} {lines.Count}");
    }

    /// <summary>The file that <see cref="Deletes_a_table"/> creates when the deletion was acknowledged.</summary>
    public static string DeletedIn(string folder) => Path.Combine(folder, "deleted");

    [Test]
    public async Task Deletes_a_table()
    {
        await using var database = TableDatabase.Open(Path.Combine(Folder, "data"), TimeProvider.System);
        await database.WriteAsync(
            session =>
            {
                session.CreateTable(Samples.Table() with { GlobalIndexes = [Samples.Index()] }, null);
                for (var i = 0; i < 20_000; i++)
                    OpenTables.Put(session, Samples.Item($"{i}", i, "x"));
                return true;
            },
            CancellationToken.None);
        await database.WriteAsync(
            session =>
            {
                session.DeleteTable(session.FindTable("t")!);
                return true;
            },
            CancellationToken.None);
        await File.WriteAllTextAsync(DeletedIn(Folder), "");
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task WriteAsync(TableDatabase database)
    {
        await database.WriteAsync(
            session => session.FindTable("t") ?? session.CreateTable(
                Samples.Table() with { GlobalIndexes = [Samples.Index()] }, StreamView.NewAndOldImages),
            CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => WriteAsync(database, client))));
    }

    private static async Task WriteAsync(TableDatabase database, int client)
    {
        var path = NotesOf(Folder, client);
        var first = File.Exists(path) ? (int)(new FileInfo(path).Length / sizeof(int)) : 0;
        // Each note is one write without a buffer: what the kernel has survives the end of the process.
        await using var notes = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var i = first; ; i++)
        {
            await database.WriteAsync(session => Turn(session, client, i), CancellationToken.None);
            notes.Write(BitConverter.GetBytes(i));
        }
    }

    // Each turn writes one item and removes the one of three turns before: both or none.
    private static bool Turn(WriteSession session, int client, int i)
    {
        OpenTables.Delete(session, Samples.Item($"{client}", i - 3));
        return Put(session, Samples.Item($"{client}", i, i % 2 == 0 ? "x" : null, $"{i}"));
    }

    private static bool Put(WriteSession session, MapValue item)
    {
        OpenTables.Put(session, item);
        return true;
    }
}
