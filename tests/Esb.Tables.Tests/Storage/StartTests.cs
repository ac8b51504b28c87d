using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Tests.Storage;

/// <summary>Folders that cannot be used are told by one line, and never begin empty.</summary>
public sealed class StartTests
{
    [Test]
    public async Task Only_the_owner_can_read_the_files()
    {
        await using var tables = OpenTables.New();
        File.SetUnixFileMode(tables.Folder, (UnixFileMode)0b111_101_101);
        await tables.CreateAsync(Samples.Table());

        foreach (var name in new[] { "tables.db", "tables.db-wal", "tables.db-shm" })
            await Assert.That(File.GetUnixFileMode(Path.Combine(tables.Folder, name)))
                .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Test]
    public async Task What_a_process_left_that_was_killed_while_it_created_the_file_is_no_obstacle()
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.File + ".new", "half");
        await File.WriteAllTextAsync(folder.File + ".new-journal", "half");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "tables.lock"), "");

        await using var database = TableDatabase.Open(folder.Path, TimeProvider.System);

        await Assert.That(database.Read(session => session.TableNames(null, 10))).IsEmpty();
        await Assert.That(File.Exists(folder.File + ".new-journal")).IsFalse();
    }

    [Test]
    public async Task A_folder_that_is_in_use_is_refused()
    {
        await using var tables = OpenTables.New();

        await Refused(tables.Folder, "another process is using the tables");
    }

    [Test]
    public async Task A_file_of_a_newer_format_is_refused_and_kept()
    {
        using var folder = await FilledAsync();
        using (var connection = SqlConnection.OpenToWrite(folder.File))
            connection.Execute("PRAGMA user_version = 2");
        var before = await File.ReadAllBytesAsync(folder.File);

        await Refused(folder.Path, "have format 2");
        await Assert.That((await File.ReadAllBytesAsync(folder.File)).AsSpan().SequenceEqual(before)).IsTrue();
    }

    [Test]
    [Arguments("not a database, but as long as the header of one, which has a hundred bytes in all, so it is said...")]
    [Arguments("")]
    public async Task A_file_that_is_no_database_is_refused_and_kept(string content)
    {
        using var folder = await FilledAsync();
        await File.WriteAllTextAsync(folder.File, content);

        await Refused(folder.Path, "damaged");
        await Assert.That(await File.ReadAllTextAsync(folder.File)).IsEqualTo(content);
    }

    [Test]
    public async Task A_database_of_another_program_is_refused()
    {
        using var folder = await FilledAsync();
        File.Delete(folder.File);
        using (var connection = SqlConnection.Create(folder.File))
            connection.Execute("CREATE TABLE x (y)");

        await Refused(folder.Path, "not a file of tables");
    }

    [Test]
    public async Task A_missing_file_is_refused_where_there_was_one()
    {
        using var folder = await FilledAsync();
        File.Delete(folder.File);

        await Refused(folder.Path, "missing");
        await Assert.That(File.Exists(folder.File)).IsFalse();
    }

    [Test]
    public async Task A_damaged_page_is_found_at_the_start_after_an_unclean_end()
    {
        using var folder = await FilledAsync();
        using (var stream = new FileStream(folder.File, FileMode.Open))
        {
            stream.Position = stream.Length / 2;
            stream.Write(Enumerable.Repeat((byte)0xA5, 8192).ToArray());
        }

        await File.WriteAllBytesAsync(folder.File + "-wal", new byte[100]);

        await Refused(folder.Path, "damaged");
    }

    [Test]
    public async Task Damage_of_what_every_start_reads_is_found_at_every_start()
    {
        using var folder = await FilledAsync();
        using (var stream = new FileStream(folder.File, FileMode.Open))
        {
            stream.Position = 4096;
            stream.Write(Enumerable.Repeat((byte)0xA5, (int)stream.Length - 4096).ToArray());
        }

        await Refused(folder.Path, "damaged");
    }

    [Test]
    public async Task A_damaged_page_that_a_request_meets_is_an_error_of_the_server_and_a_line_for_the_operator()
    {
        using var folder = await FilledAsync();
        using (var stream = new FileStream(folder.File, FileMode.Open))
        {
            stream.Position = stream.Length / 2;
            stream.Write(Enumerable.Repeat((byte)0xA5, (int)(stream.Length - stream.Position)).ToArray());
        }

        var lines = new List<string>();
        TableException? error = null;
        try
        {
            await using var database = TableDatabase.Open(folder.Path, new ManualTime(), lines.Add);
            database.Read(session => session.Range(
                session.FindTable("t")!, null, KeyRange.All, forward: true, null).Count());
        }
        catch (TableException e)
        {
            error = e;
        }

        await Assert.That(error!.Status).IsEqualTo(500);
        await Assert.That(lines.Any(l => l.Contains("damaged", StringComparison.Ordinal))).IsTrue();
    }

    private static async Task Refused(string folder, string message)
    {
        var error = Assert.Throws<StorageException>(() => TableDatabase.Open(folder, TimeProvider.System));
        await Assert.That(error.Message).Contains(message);
        await Assert.That(error.Help).IsNotEmpty();
    }

    private static async Task<TestFolder> FilledAsync()
    {
        var folder = new TestFolder();
        await using var database = TableDatabase.Open(folder.Path, TimeProvider.System);
        await database.WriteAsync(session => session.CreateTable(Samples.Table(), null), CancellationToken.None);
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => database.WriteAsync(
            session =>
            {
                OpenTables.Put(session, Samples.Item("a", i, value: new string('v', 500)));
                return true;
            },
            CancellationToken.None)));
        return folder;
    }

    private sealed class TestFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("esb-tables").FullName;

        public string File => System.IO.Path.Combine(Path, "tables.db");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
