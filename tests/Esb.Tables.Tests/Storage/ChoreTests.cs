using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Storage;

/// <summary>Background work in parts.</summary>
public sealed class ChoreTests
{
    private const int Many = 1700;

    [Test]
    public async Task A_deleted_table_is_gone_at_once_and_its_items_go_in_parts_and_over_a_restart()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table() with { GlobalIndexes = [Samples.Index()] });
        await tables.WriteAsync(session =>
        {
            for (var i = 0; i < Many; i++)
                OpenTables.Put(session, Samples.Item($"{i}", i, "x"));
        });

        // The deletion, its first part and the new table are one group, so that nothing can come between.
        var left = await tables.WriteAsync(session =>
        {
            session.DeleteTable(session.FindTable("t")!);
            session.DoChore();
            session.CreateTable(Samples.Table(), null);
            OpenTables.Put(session, Samples.Item("new", 1));
            return Count(session, "items");
        });
        var visible = tables.Items().Count;
        await tables.RestartAsync();
        await tables.UntilNothingIsToDoAsync();

        await Assert.That(left).IsGreaterThan(1).And.IsLessThan(Many);
        await Assert.That(visible).IsEqualTo(1);
        await Assert.That(tables.Read(session => Count(session, "items"))).IsEqualTo(1);
        await Assert.That(tables.Read(session => Count(session, "entries"))).IsEqualTo(0);
    }

    [Test]
    public async Task A_part_ends_when_its_time_is_over()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.WriteAsync(session =>
        {
            for (var i = 0; i < Many; i++)
                OpenTables.Put(session, Samples.Item($"{i}", i, "x"));
        });
        tables.Time.Tick = TimeSpan.FromMilliseconds(6);

        var removed = await tables.WriteAsync(session =>
        {
            session.DeleteTable(session.FindTable("t")!);
            session.DoChore();
            return Many - Count(session, "items");
        });

        // Ten milliseconds are over at the second look, and each look follows 50 rows.
        await Assert.That(removed).IsEqualTo(100);
    }

    [Test]
    public async Task Tokens_are_removed_in_parts()
    {
        await using var tables = OpenTables.New();
        await tables.WriteAsync(session =>
        {
            for (var i = 0; i < 1200; i++)
                session.AddToken(new IdempotencyToken($"{i}", new Bytes(new byte[1]), new Bytes(new byte[2])));
        });

        var (hasMore, left) = await tables.WriteAsync(session =>
        {
            tables.Time.Advance(TimeSpan.FromMinutes(11));
            return (session.SweepRecords(), Count(session, "tokens"));
        });

        await Assert.That(hasMore).IsTrue();
        await Assert.That(left).IsEqualTo(700);
    }

    private static long Count(ReadSession session, string map) =>
        session.Connection.Number($"SELECT count(*) FROM {map}");
}
