using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Storage;

public sealed class ItemTests
{
    [Test]
    public async Task An_item_is_read_as_it_was_written_also_after_a_restart()
    {
        await using var tables = OpenTables.New();
        var table = await tables.CreateAsync(Samples.Table());
        var item = Samples.Item("a", 1, "g", "träume \u0001 \"x\"");
        await tables.PutAsync(item);

        await tables.RestartAsync();

        var key = KeyEncoder.Of(table.Keys, item);
        await Assert.That(tables.Read(s => s.Get(s.FindTable("t")!, key))).IsEqualTo(item);
        await Assert.That(tables.Read(s => s.Counts(table)).Items).IsEqualTo(1);
    }

    [Test]
    public async Task Work_that_fails_after_its_first_write_leaves_nothing_and_others_of_its_group_stay()
    {
        await using var tables = OpenTables.New();
        var table = await tables.CreateAsync(Samples.Table(), StreamView.KeysOnly);

        var works = Enumerable.Range(0, 100).Select(i => tables.WriteAsync(session =>
        {
            OpenTables.Put(session, Samples.Item("a", i));
            return i % 3 == 0 ? throw new InvalidOperationException("no") : i;
        })).ToArray();

        await Assert.That(async () => await Task.WhenAll(works)).Throws<InvalidOperationException>();
        await Assert.That(works.Count(w => w.IsFaulted)).IsEqualTo(34);
        await Assert.That(tables.Items().Count).IsEqualTo(66);
        await Assert.That(tables.Read(s => s.Counts(table)).Items).IsEqualTo(66);
        await Assert.That(tables.Read(s => s.Records(table.Stream!, 0, 1000)).Count).IsEqualTo(66);
    }

    [Test]
    public async Task A_read_keeps_its_state_while_others_write()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.PutAsync(Samples.Item("a", 1));

        var counts = tables.Read(session =>
        {
            var table = session.FindTable("t")!;
            var before = session.Range(table, null, KeyRange.All, true, null).Count();
            tables.PutAsync(Samples.Item("a", 2)).GetAwaiter().GetResult();
            return (before, after: session.Range(table, null, KeyRange.All, true, null).Count());
        });

        await Assert.That(counts).IsEqualTo((1, 1));
        await Assert.That(tables.Items().Count).IsEqualTo(2);
    }

    [Test]
    public async Task What_is_written_to_several_tables_at_once_is_read_whole_or_not_at_all()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.CreateAsync(Samples.Table("u"));
        var isOver = false;

        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var differing = 0;
            while (!Volatile.Read(ref isOver))
            {
                var (left, right) = tables.Read(session => (Items(session, "t"), Items(session, "u")));
                differing += left.SequenceEqual(right) ? 0 : 1;
            }

            return differing;
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => tables.WriteAsync(session =>
        {
            OpenTables.Put(session, Samples.Item("a", i % 10, value: $"{i}"));
            OpenTables.Put(session, Samples.Item("a", i % 10, value: $"{i}"), "u");
        })));
        Volatile.Write(ref isOver, true);

        await Assert.That((await Task.WhenAll(readers)).Sum()).IsEqualTo(0);
        await Assert.That(tables.Items()).IsEquivalentTo(tables.Items(table: "u"));

        static List<MapValue> Items(ReadSession session, string name) =>
            [.. session.Range(session.FindTable(name)!, null, KeyRange.All, true, null).Select(row => row.Item)];
    }

    [Test]
    public async Task Cancelled_work_that_waits_is_not_done()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        using var cancellation = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var first = tables.WriteAsync(_ => gate.Wait(Waits.Longest));
        var second = tables.Database.WriteAsync(
            session =>
            {
                OpenTables.Put(session, Samples.Item("a", 1));
                return true;
            },
            cancellation.Token);

        await cancellation.CancelAsync();
        gate.Set();

        await first;
        await Assert.That(async () => await second).Throws<OperationCanceledException>();
        await Assert.That(tables.Items()).IsEmpty();
    }

    [Test]
    public async Task A_page_begins_behind_a_place_in_both_directions_also_when_its_item_is_gone()
    {
        await using var tables = OpenTables.New();
        var table = await tables.CreateAsync(Samples.Table());
        foreach (var i in new[] { 1, 2, 4, 5 })
            await tables.PutAsync(Samples.Item("a", i));
        var place = KeyEncoder.Of(table.Keys, Samples.Item("a", 3)).Bytes;

        List<string> Read(bool forward) => tables.Read(s => s.Range(table, null, KeyRange.All, forward, place)
            .Select(row => row.Item.Members["r"].ToString()!).ToList());

        await Assert.That(Read(forward: true)).IsEquivalentTo(
            new[] { Samples.Number("4").ToString(), Samples.Number("5").ToString() });
        await Assert.That(Read(forward: false)).IsEquivalentTo(
            new[] { Samples.Number("2").ToString(), Samples.Number("1").ToString() });
    }
}
