using CsCheck;
using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Storage.Model;

/// <summary>Whatever is done, tables contain what plain collections do.</summary>
public sealed class ModelTests
{
    [Test]
    public Task Items_indexes_counts_and_streams_agree_with_a_model_after_each_step() =>
        Step.Any.Array[1, 40].SampleAsync(
            async steps =>
            {
                await using var tables = OpenTables.New();
                await tables.CreateAsync(Samples.Table(), StreamView.NewAndOldImages);
                var model = new ModelledTables(tables);
                foreach (var step in steps)
                {
                    await model.DoAsync(step);
                    CheckTable(tables, model);
                    CheckIndexes(tables, model);
                    CheckStream(tables, model);
                }

                await tables.UntilNothingIsToDoAsync();
                CheckIndexes(tables, model);
                foreach (var index in tables.Table().GlobalIndexes)
                    Require(index.Status == IndexStatus.Active, $"{index.Name} is {index.Status}");
            },
            iter: 60,
            threads: 2);

    private static void CheckTable(OpenTables tables, ModelledTables model)
    {
        var items = tables.Items();
        Require(
            items.Count == model.Items.Count
            && items.All(item => item.Equals(model.Items.GetValueOrDefault(ModelledTables.KeyOf(item)))),
            "the items differ");
        var counts = tables.Read(session => session.Counts(session.FindTable("t")!));
        Require(
            counts == new TableCounts(model.Items.Count, model.Items.Values.Sum(item => (long)ItemSize.Of(item))),
            $"the counts differ: {counts}");
        foreach (var hash in model.Items.Keys.Select(key => key.Hash).Distinct())
        {
            var range = KeyRange.Of(new KeyCondition("h", new StringValue(hash), null));
            var rows = tables.Read(session =>
                session.Range(session.FindTable("t")!, null, range, forward: true, null).ToList());
            var expected = model.Items.Where(item => item.Key.Hash == hash)
                .OrderBy(item => ((NumberValue)item.Value.Members["r"]).Number)
                .Select(item => item.Value);
            Require(rows.Select(row => row.Item).SequenceEqual(expected), $"the order in {hash} differs");
        }
    }

    private static void CheckIndexes(OpenTables tables, ModelledTables model)
    {
        var (table, indexes) = tables.Read(session =>
        {
            var found = session.FindTable("t")!;
            return (found, found.GlobalIndexes.Where(i => i.Status == IndexStatus.Active).Select(index => (
                index.Name,
                Counts: session.Counts(index),
                Rows: session.Range(found, index, KeyRange.All, forward: true, null).ToList(),
                Back: session.Range(found, index, KeyRange.All, forward: false, null).ToList())).ToList());
        });
        foreach (var (name, counts, rows, back) in indexes)
        {
            var expected = model.Items.Values.Where(item => item.Members.ContainsKey("g")).ToList();
            Require(rows.Count == expected.Count && rows.All(row => expected.Contains(row.Item)), $"{name} differs");
            Require(
                counts == new TableCounts(expected.Count, expected.Sum(item => (long)ItemSize.Of(item))),
                $"the counts of {name} differ: {counts}");
            Require(back.AsEnumerable().Reverse().SequenceEqual(rows), $"{name} differs backwards");
            Require(
                rows.All(row => row.Position == KeyEncoder.OfIndex(table, table.FindIndex(name)!, row.Item)),
                $"a place of {name} differs");
        }
    }

    private static void CheckStream(OpenTables tables, ModelledTables model)
    {
        if (tables.Table().Stream is not { } stream)
            return;
        var records = tables.Read(session => session.Records(stream, stream.FirstSequence, int.MaxValue));
        var hasNew = stream.View is StreamView.NewImage or StreamView.NewAndOldImages;
        var hasOld = stream.View is StreamView.OldImage or StreamView.NewAndOldImages;
        Require(
            records.Select(r => (r.Change, r.NewImage, r.OldImage)).SequenceEqual(
                model.Records.Select(r => (r.Change, hasNew ? r.New : null, hasOld ? r.Old : null))),
            "the records differ");
        Require(
            records.Zip(records.Skip(1)).All(pair => pair.First.Sequence < pair.Second.Sequence)
            && records.All(r => r.Sequence > stream.FirstSequence && !(r.Sequence >= stream.LastSequence)),
            "the sequence numbers are not in order");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}
