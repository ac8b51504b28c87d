using Esb.Tables.Catalog;
using Esb.Tables.Streams;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Storage;

public sealed class ExpiryTests
{
    [Test]
    public async Task An_expired_item_is_deleted_within_a_minute_as_a_deletion_of_the_service()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table() with { GlobalIndexes = [Samples.Index()] }, StreamView.OldImage);
        await tables.PutAsync(Expiring(1, tables, TimeSpan.FromSeconds(30))); // Before the attribute is set.
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, "e"));
        await tables.PutAsync(Expiring(2, tables, TimeSpan.FromSeconds(30)));
        await tables.PutAsync(Expiring(3, tables, TimeSpan.FromHours(1)));
        await tables.UntilNothingIsToDoAsync();
        await Assert.That(tables.Items().Count).IsEqualTo(3);

        tables.Time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => tables.Items().Count == 1);
        await Assert.That(tables.Items("i").Count).IsEqualTo(1);
        var records = tables.Read(session => session.Records(session.FindTable("t")!.Stream!, 0, 100));
        await Assert.That(records.Count(r => r is { IsExpiry: true, Change: StreamChange.Remove })).IsEqualTo(2);
        await Assert.That(records.Count(r => r.IsExpiry)).IsEqualTo(2);
        await Assert.That(tables.Table().TimeToLive!.IsBackfilling).IsFalse();
    }

    [Test]
    public async Task An_item_whose_expiry_was_moved_or_removed_stays()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, "e"));
        await tables.PutAsync(Expiring(1, tables, TimeSpan.FromSeconds(30)));
        await tables.PutAsync(Expiring(1, tables, TimeSpan.FromHours(30)));
        await tables.PutAsync(Expiring(2, tables, TimeSpan.FromSeconds(30)));
        await tables.PutAsync(Samples.Item("a", 2));
        await tables.PutAsync(Expiring(3, tables, TimeSpan.FromSeconds(30)));
        await Assert.That(await EntriesAsync(tables)).IsEqualTo(2);

        tables.Time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => tables.Items().Count <= 2);
        await Assert.That(tables.Items().Count).IsEqualTo(2);
        await Assert.That(await EntriesAsync(tables)).IsEqualTo(1);
    }

    [Test]
    [Arguments("S", "1")]
    [Arguments("N", "-1")]
    [Arguments("N", "0")]
    [Arguments("N", "1E+125")]
    [Arguments("N", "1000000000")] // Longer ago than five years.
    public async Task An_item_without_a_valid_expiry_stays(string type, string value)
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, "e"));
        await tables.PutAsync(Item(1, type == "S" ? new StringValue(value) : Samples.Number(value)));
        await tables.PutAsync(Expiring(2, tables, TimeSpan.FromSeconds(1.9)));

        tables.Time.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => tables.Items().Count == 1);
        await Assert.That(tables.Items()[0].Members["r"]).IsEqualTo(Samples.Number("1"));
    }

    [Test]
    public async Task Nothing_expires_any_more_when_the_attribute_is_unset()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, "e"));
        await tables.PutAsync(Expiring(1, tables, TimeSpan.FromSeconds(1)));
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, null));
        await tables.UntilNothingIsToDoAsync();

        var hasMore = await tables.WriteAsync(session => session.SweepItems("t"));

        await Assert.That(hasMore).IsFalse();
        await Assert.That(tables.Items().Count).IsEqualTo(1);
    }

    [Test]
    public async Task An_expired_item_is_deleted_also_where_finding_it_took_longer_than_a_part_of_the_work_may()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, "e"));
        await tables.PutAsync(Expiring(1, tables, TimeSpan.FromSeconds(-1)));
        tables.Time.Tick = TimeSpan.FromSeconds(1);

        await tables.WriteAsync(session => session.SweepItems("t"));

        await Assert.That(tables.Items().Count).IsEqualTo(0);
    }

    private static Task<long> EntriesAsync(OpenTables tables) =>
        tables.WriteAsync(session => session.Connection.Number("SELECT count(*) FROM entries"));

    private static MapValue Expiring(int range, OpenTables tables, TimeSpan time) =>
        Item(range, Samples.Number($"{(tables.Time.GetUtcNow() + time).ToUnixTimeSeconds()}.5"));

    private static MapValue Item(int range, AttributeValue expiry) => Samples.Map(
        ("h", new StringValue("a")), ("r", Samples.Number($"{range}")), ("g", new StringValue("x")), ("e", expiry));
}
