using Esb.Tables.Errors;
using Esb.Tables.Storage;
using Esb.Tables.Storage.Files;

namespace Esb.Tables.Tests.Storage;

/// <summary>States of one moment, and tables that are replaced by one.</summary>
public sealed class SnapshotTests
{
    [Test]
    public async Task A_snapshot_holds_what_was_written_before_it_and_nothing_later()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.PutAsync(Samples.Item("before", 1));
        var copy = Path.Combine(tables.Folder, "copy.db");
        using (var snapshot = tables.Database.TakeSnapshot())
        {
            await tables.PutAsync(Samples.Item("after", 1));
            snapshot.CopyTo(copy, CancellationToken.None);
            await Assert.That(snapshot.Count()).IsEqualTo(new StoredContents(1, 1));
        }

        await Assert.That(TableDatabase.Check(copy)).IsEqualTo(new StoredContents(1, 1));
        await Assert.That(tables.Database.Count()).IsEqualTo(new StoredContents(1, 2));
    }

    [Test]
    public async Task Tables_are_replaced_between_requests_that_wait_meanwhile()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.PutAsync(Samples.Item("old", 1));
        var copy = Path.Combine(tables.Folder, "copy.db");
        using (var snapshot = tables.Database.TakeSnapshot())
            snapshot.CopyTo(copy, CancellationToken.None);
        await tables.PutAsync(Samples.Item("new", 1));
        Task? waiting = null;

        await tables.Database.ReplaceAsync(() =>
        {
            waiting = tables.PutAsync(Samples.Item("later", 1));
            File.Move(copy, Path.Combine(tables.Folder, "tables.db"), overwrite: true);
        });
        await waiting!;

        await Assert.That(tables.Items().Count).IsEqualTo(2);
        await Assert.That(tables.Items()).DoesNotContain(Samples.Item("new", 1));
        await tables.RestartAsync();
        await Assert.That(tables.Items()).Contains(Samples.Item("later", 1));
    }

    [Test]
    public async Task A_replacement_that_fails_leaves_the_tables_open()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());

        await Assert.That(async () => await tables.Database.ReplaceAsync(() => throw new IOException("no room")))
            .Throws<IOException>();
        await tables.PutAsync(Samples.Item("later", 1));

        await Assert.That(tables.Items().Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_file_that_holds_no_tables_is_refused()
    {
        await using var tables = OpenTables.New();
        var other = Path.Combine(tables.Folder, "other.db");
        await File.WriteAllTextAsync(other, new string('x', 10_000));

        await Assert.That(() => TableDatabase.Check(other)).Throws<StorageException>();
    }
}
