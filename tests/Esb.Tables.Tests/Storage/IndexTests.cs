using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Storage;

public sealed class IndexTests
{
    private const int Many = 1700; // More than three parts of a backfill.

    [Test]
    public async Task A_late_index_is_filled_in_parts_beside_changes_and_restarts()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await Task.WhenAll(Enumerable.Range(0, Many).Select(i => tables.PutAsync(Samples.Item($"{i % 50}", i, "x"))));

        var states = new List<IndexStatus>();
        // The first part and the changes are one group, so that nothing can come between.
        await tables.WriteAsync(session =>
        {
            session.AddIndex(session.FindTable("t")!, Samples.Index());
            states.Add(session.FindTable("t")!.FindIndex("i")!.Status);
            session.DoChore();
            for (var i = 0; i < Many; i += 3)
                OpenTables.Put(session, Samples.Item($"{i % 50}", i, "y"));
            for (var i = 1; i < Many; i += 3)
                OpenTables.Delete(session, Samples.Item($"{i % 50}", i));
            states.Add(session.FindTable("t")!.FindIndex("i")!.Status);
        });
        await tables.RestartAsync();
        await tables.UntilNothingIsToDoAsync();

        await Assert.That(states).IsEquivalentTo(new[] { IndexStatus.Creating, IndexStatus.Creating });
        await Assert.That(tables.Table().FindIndex("i")!.Status).IsEqualTo(IndexStatus.Active);
        await Assert.That(tables.Items("i").ToHashSet().SetEquals(tables.Items())).IsTrue();
        var counts = tables.Read(session => session.Counts(session.FindTable("t")!.FindIndex("i")!));
        await Assert.That(counts).IsEqualTo(tables.Read(session => session.Counts(session.FindTable("t")!)));
    }

    [Test]
    public async Task A_removed_index_is_deleting_until_its_entries_are_gone_and_its_name_can_be_used_again()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table() with { GlobalIndexes = [Samples.Index()] });
        await tables.PutAsync(Samples.Item("a", 1, "x"));

        var status = await tables.WriteAsync(session =>
            session.RemoveIndex(session.FindTable("t")!, "i").FindIndex("i")!.Status);
        await tables.UntilNothingIsToDoAsync();

        await Assert.That(status).IsEqualTo(IndexStatus.Deleting);
        await Assert.That(tables.Table().GlobalIndexes).IsEmpty();
        await tables.WriteAsync(session => session.AddIndex(session.FindTable("t")!, Samples.Index()));
        await tables.UntilNothingIsToDoAsync();
        await Assert.That(tables.Items("i").Count).IsEqualTo(1);
    }

    [Test]
    public async Task An_index_counts_what_it_projects()
    {
        await using var tables = OpenTables.New();
        var projection = new IndexProjection(ProjectionType.KeysOnly, []);
        await tables.CreateAsync(Samples.Table() with { GlobalIndexes = [Samples.Index("i", projection)] });
        await tables.PutAsync(Samples.Item("a", 1, "x", "long"));
        await tables.PutAsync(Samples.Item("a", 1, "x", "longer"));

        var counts = tables.Read(session => session.Counts(session.FindTable("t")!.FindIndex("i")!));

        await Assert.That(counts).IsEqualTo(new TableCounts(1, ItemSize.Of(Samples.Item("a", 1, "x"))));
    }

    [Test]
    public async Task Items_without_a_key_of_the_index_or_with_another_type_are_not_in_a_late_index()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.PutAsync(Samples.Item("a", 1));
        await tables.PutAsync(Samples.Map(
            ("h", new StringValue("a")), ("r", Samples.Number("2")), ("g", Samples.Number("1"))));
        await tables.PutAsync(Samples.Item("a", 3, ""));
        await tables.PutAsync(Samples.Item("a", 4, new string('x', 2049)));
        await tables.PutAsync(Samples.Item("a", 5, "x"));

        await tables.WriteAsync(session => session.AddIndex(session.FindTable("t")!, Samples.Index()));
        await tables.UntilNothingIsToDoAsync();

        await Assert.That(tables.Items("i")).IsEquivalentTo(new[] { Samples.Item("a", 5, "x") });
    }

    [Test]
    public async Task A_deleted_table_frees_its_space_and_a_new_one_of_its_name_is_empty()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table() with { GlobalIndexes = [Samples.Index()] });
        var value = new string('v', 10_000);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(i => tables.PutAsync(Samples.Item("a", i, "x", value))));

        await tables.WriteAsync(session => session.DeleteTable(session.FindTable("t")!));
        await tables.CreateAsync(Samples.Table() with { GlobalIndexes = [Samples.Index()] });
        await tables.UntilNothingIsToDoAsync();

        await Assert.That(tables.Items()).IsEmpty();
        await Assert.That(tables.Items("i")).IsEmpty();
        await Eventually.TrueAsync(async () => !await tables.WriteAsync(session => session.GiveBackSpace()));
        await tables.RestartAsync();
        await Assert.That(new FileInfo(Path.Combine(tables.Folder, "tables.db")).Length).IsLessThan(9_000_000);
    }
}
