using System.Globalization;
using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Streams;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Durability;

/// <summary>What the clients of <see cref="ChildPrograms.Writes_until_it_is_killed"/> have written.</summary>
internal static class ClientTurns
{
    /// <summary>How many turns of each client were acknowledged.</summary>
    public static int[] Acknowledged(string folder) =>
        [.. Enumerable.Range(0, ChildPrograms.Clients)
            .Select(client => new FileInfo(ChildPrograms.NotesOf(folder, client)))
            .Select(file => file.Exists ? (int)(file.Length / sizeof(int)) : 0)];

    /// <summary>Checks that all acknowledged turns are there, whole, and in the stream once and in order.</summary>
    /// <returns>The number of records.</returns>
    /// <exception cref="InvalidOperationException">They are not.</exception>
    public static long Check(ReadSession session, int[] acknowledged, long seen)
    {
        var table = session.FindTable("t")!;
        var items = session.Range(table, null, KeyRange.All, forward: true, null).Select(row => row.Item).ToList();
        var records = session.Records(table.Stream!, 0, int.MaxValue).ToList();
        while (session.Records(table.Stream!, records.Count == 0 ? 0 : records[^1].Sequence + 1, int.MaxValue) is
            { Count: > 0 } more)
            records.AddRange(more);

        for (var client = 0; client < ChildPrograms.Clients; client++)
        {
            // The last turn may be there without its acknowledgement; the next process repeats it without a change.
            var turns = acknowledged[client];
            var present = items.Where(item => HashOf(item) == $"{client}").Select(RangeOf).ToList();
            Require(
                present.SequenceEqual(Expected(turns)) || present.SequenceEqual(Expected(turns + 1)),
                $"client {client} after {turns} turns: {string.Join(' ', present)}");
            var written = records.Where(r => r.Change != StreamChange.Remove && HashOf(r.Keys) == $"{client}")
                .Select(r => RangeOf(r.Keys));
            Require(written.SequenceEqual(Enumerable.Range(0, present.Count == 0 ? 0 : present[^1] + 1)),
                $"the records of client {client}");
        }

        Require(records.All(r => r.Change != StreamChange.Modify), "a turn was written twice");
        Require(records.Zip(records.Skip(1)).All(p => p.First.Sequence < p.Second.Sequence), "the order of records");
        var index = session.Range(table, table.FindIndex("i"), KeyRange.All, forward: true, null).Select(r => r.Item);
        Require(
            index.ToHashSet().SetEquals(items.Where(item => item.Members.ContainsKey("g"))), "the index");
        Require(session.Counts(table) == new TableCounts(items.Count, items.Sum(i => (long)ItemSize.Of(i))), "counts");
        Require(records.Count > seen, "records were lost");
        return records.Count;
    }

    private static IEnumerable<int> Expected(int turns) =>
        Enumerable.Range(0, turns).Skip(Math.Max(0, turns - 3));

    private static string HashOf(MapValue item) => ((StringValue)item.Members["h"]).Text;

    private static int RangeOf(MapValue item) =>
        int.Parse(((NumberValue)item.Members["r"]).Number.ToString(), CultureInfo.InvariantCulture);

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidOperationException(otherwise);
    }
}
