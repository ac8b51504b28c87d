using Esb.Tables.Catalog;

namespace Esb.Tables.Tests.Storage;

public sealed class TableTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly Dictionary<string, string> NoTags = [];
    private static readonly AttributeDefinition[] NoAttributes = [];
    private static readonly IndexDefinition[] NoIndexes = [];

    [Test]
    public async Task All_that_was_said_about_a_table_is_remembered_over_a_restart()
    {
        await using var tables = OpenTables.New();
        var index = Samples.Index("i", new IndexProjection(ProjectionType.Include, ["v"])) with
        {
            Throughput = new Throughput(1, 2) { LastDecrease = Time, DecreasesOnThatDay = 3 },
        };
        var created = await tables.CreateAsync(
            Samples.Table() with
            {
                LocalIndexes = [Samples.Index("l") with { IsGlobal = false }],
                GlobalIndexes = [index],
                BillingMode = BillingMode.PayPerRequest,
                OnDemandSince = Time,
                Throughput = new Throughput(5, 6) { MostReadUnits = 7, MostWriteUnits = 8, LastIncrease = Time },
                TableClass = "STANDARD_INFREQUENT_ACCESS",
                TableClassTime = Time,
                Encryption = new Encryption("KMS", "alias/a"),
                IsProtected = true,
                PointInTimeRecovery = new PointInTimeRecovery(Time, 35),
                ResourcePolicy = new ResourcePolicy("{}", 5),
                Tags = new Dictionary<string, string> { ["a"] = "b" },
            },
            StreamView.OldImage);
        await tables.WriteAsync(session => session.SetTimeToLive(session.FindTable("t")!, "e"));
        await tables.RestartAsync();
        await tables.UntilNothingIsToDoAsync();

        var table = tables.Table();

        await Assert.That(table.TimeToLive!.Attribute).IsEqualTo("e");
        await Assert.That(table.Indexes.Select(i => i.Number).Append(table.Number).Distinct().Count()).IsEqualTo(3);
        await Assert.That(table.GlobalIndexes[0].Projection.NonKeyAttributes).IsEquivalentTo(new[] { "v" });
        await Assert.That(table.Attributes).IsEquivalentTo(created.Attributes);
        await Assert.That(table.Tags["a"]).IsEqualTo("b");
        // Lists compare by reference; the rest by content.
        await Assert.That(WithoutLists(table)).IsEqualTo(WithoutLists(created));
        await Assert.That(table.GlobalIndexes[0] with { Projection = index.Projection })
            .IsEqualTo(created.GlobalIndexes[0] with { Projection = index.Projection });
    }

    [Test]
    public async Task Tables_are_listed_by_name_in_pages()
    {
        await using var tables = OpenTables.New();
        foreach (var name in new[] { "b", "a.b", "Z", "a-b", "a" })
            await tables.CreateAsync(Samples.Table(name));
        await tables.WriteAsync(session => session.DeleteTable(session.FindTable("b")!));

        await Assert.That(tables.Read(session => session.TableNames(null, 3)))
            .IsEquivalentTo(new[] { "Z", "a", "a-b" });
        await Assert.That(tables.Read(session => session.TableNames("a-b", 3))).IsEquivalentTo(new[] { "a.b" });
        await Assert.That(tables.Read(session => session.FindTable("b"))).IsNull();
    }

    [Test]
    public async Task A_change_of_a_table_that_is_undone_is_not_seen_by_anybody()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table());

        var undone = tables.WriteAsync<bool>(session =>
        {
            session.ChangeTable(session.FindTable("t")! with { IsProtected = true });
            session.CreateTable(Samples.Table("u"), null);
            throw new InvalidOperationException("no");
        });

        await Assert.That(async () => await undone).Throws<InvalidOperationException>();
        await Assert.That(tables.Table().IsProtected).IsFalse();
        await Assert.That(tables.Read(session => session.FindTable("u"))).IsNull();
        await Assert.That(await tables.WriteAsync(session => session.FindTable("t")!.IsProtected)).IsFalse();
    }

    private static TableDefinition WithoutLists(TableDefinition table) => table with
    {
        Attributes = NoAttributes,
        LocalIndexes = NoIndexes,
        GlobalIndexes = NoIndexes,
        TimeToLive = null,
        Tags = NoTags,
    };
}
