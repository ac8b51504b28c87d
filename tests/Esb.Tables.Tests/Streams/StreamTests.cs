using Esb.Tables.Catalog;
using Esb.Tables.Streams;
using Esb.Tables.Tests.Storage;

namespace Esb.Tables.Tests.Streams;

public sealed class StreamTests
{
    [Test]
    public async Task A_put_that_changes_nothing_writes_no_record()
    {
        await using var tables = OpenTables.New();
        var stream = (await tables.CreateAsync(Samples.Table(), StreamView.NewImage)).Stream!;
        await tables.PutAsync(Samples.Item("a", 1));
        await tables.PutAsync(Samples.Item("a", 1));

        await Assert.That(tables.Read(session => session.Records(stream, 0, 10)).Count).IsEqualTo(1);
    }

    [Test]
    public async Task Records_are_trimmed_after_a_day_and_what_was_trimmed_is_known()
    {
        await using var tables = OpenTables.New();
        var stream = (await tables.CreateAsync(Samples.Table(), StreamView.KeysOnly)).Stream!;
        await tables.PutAsync(Samples.Item("a", 1));
        var first = tables.Read(session => session.Records(stream, 0, 10))[0];
        tables.Time.Advance(TimeSpan.FromHours(12));
        await tables.PutAsync(Samples.Item("a", 2));

        tables.Time.Advance(TimeSpan.FromHours(12));

        await Eventually.TrueAsync(() => tables.Read(session => session.Records(stream, 0, 10)).Count == 1);
        await Assert.That(tables.Read(session => session.TrimHorizon(stream))).IsEqualTo(first.Sequence + 1);
    }

    [Test]
    public async Task A_disabled_stream_is_readable_for_a_day_also_when_its_table_is_gone()
    {
        await using var tables = OpenTables.New();
        var stream = (await tables.CreateAsync(Samples.Table(), StreamView.KeysOnly)).Stream!;
        await tables.PutAsync(Samples.Item("a", 1));
        await tables.WriteAsync(session => session.DeleteTable(session.FindTable("t")!));
        tables.Time.Advance(TimeSpan.FromHours(23));

        var closed = tables.Read(session => session.FindStream(stream.Arn));

        await Assert.That(closed!.IsEnabled).IsFalse();
        await Assert.That(closed.LastSequence).IsNotNull();
        await Assert.That(tables.Read(session => session.Records(stream, 0, 10)).Count).IsEqualTo(1);
        tables.Time.Advance(TimeSpan.FromHours(2));
        await Eventually.TrueAsync(() => tables.Read(session => session.FindStream(stream.Arn)) is null);
        await Assert.That(tables.Read(session => session.Records(stream, 0, 10))).IsEmpty();
    }

    [Test]
    public async Task Streams_of_a_table_have_names_of_their_own_and_are_listed()
    {
        await using var tables = OpenTables.New();
        await tables.CreateAsync(Samples.Table(), StreamView.KeysOnly);
        await tables.CreateAsync(Samples.Table("u"), StreamView.KeysOnly);

        await tables.WriteAsync(session =>
        {
            session.DisableStream(session.FindTable("t")!);
            session.EnableStream(session.FindTable("t")!, StreamView.NewImage);
        });

        var streams = tables.Read(session => session.Streams("t", null, 10));
        await Assert.That(streams.Select(s => s.IsEnabled)).IsEquivalentTo(new[] { false, true });
        await Assert.That(streams[0].ShardId).IsNotEqualTo(streams[1].ShardId);
        await Assert.That(tables.Read(session => session.Streams(null, null, 10)).Count).IsEqualTo(3);
        await Assert.That(tables.Read(session => session.Streams("t", streams[0].Arn, 10)).Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_page_of_records_has_at_most_a_megabyte_but_at_least_one()
    {
        await using var tables = OpenTables.New();
        var stream = (await tables.CreateAsync(Samples.Table(), StreamView.NewAndOldImages)).Stream!;
        for (var i = 0; i < 6; i++)
            await tables.PutAsync(Samples.Item("a", i / 2, value: new string((char)('a' + i), 390_000)));

        var page = tables.Read(session => session.Records(stream, 0, 1000));
        var next = tables.Read(session => session.Records(stream, page[^1].Sequence + 1, 1000));

        await Assert.That(page.Count).IsEqualTo(1);
        await Assert.That(next[0].Sequence).IsGreaterThan(page[^1].Sequence);
    }

    [Test]
    public async Task Sequence_numbers_and_iterators_survive_their_text()
    {
        var iterator = new ShardIterator("arn:a/stream/1", "shardId-1", 17, DateTimeOffset.FromUnixTimeMilliseconds(5));

        await Assert.That(ShardIterator.Parse(iterator.ToText())).IsEqualTo(iterator);
        await Assert.That(iterator.IsExpired(iterator.Issued + TimeSpan.FromMinutes(15))).IsFalse();
        await Assert.That(iterator.IsExpired(iterator.Issued + TimeSpan.FromMinutes(15.1))).IsTrue();
        await Assert.That(SequenceNumber.Parse(SequenceNumber.ToText(17))).IsEqualTo(17);
        await Assert.That(SequenceNumber.ToText(17).Length).IsEqualTo(21);
    }

    [Test]
    [Arguments("")]
    [Arguments("arn|1|")]
    [Arguments("arn|1|!!!")]
    [Arguments("arn|1|YWJj")]
    [Arguments("arn|2|YXwxfDE")]
    [Arguments("arn|1|YXwxfDk5OTk5OTk5OTk5OTk5OTk5OQ")]
    public async Task What_is_no_iterator_is_none(string text) =>
        await Assert.That(ShardIterator.Parse(text)).IsNull();
}
