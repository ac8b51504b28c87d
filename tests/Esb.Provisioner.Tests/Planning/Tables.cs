using System.Collections.Immutable;
using CsCheck;
using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Tables;

namespace Esb.Provisioner.Tests.Planning;

/// <summary>Random wanted and actual tables, with few different names, so that they often have the same ones.</summary>
internal static class Tables
{
    private static readonly Gen<string> Attribute = Gen.OneOf("id", "at", "day", "week");
    private static readonly Gen<string> Type = Gen.OneOf("S", "N");
    private static readonly Gen<Throughput> Units = Gen.Select(
        Gen.Int[1, 3], Gen.Int[1, 3], (read, write) => new Throughput(read, write));
    private static readonly Gen<Billing> Billings = Gen.OneOf(
        Gen.Const(new Billing((Throughput?)null)), Units.Select(u => new Billing(u)));
    private static readonly Gen<ImmutableSortedDictionary<string, string>> Tags = Gen.Select(
        Gen.OneOf("a", "b"), Gen.OneOf("x", "y"), KeyValuePair.Create)
        .Array[0, 2].Select(tags => tags.DistinctBy(t => t.Key).ToImmutableSortedDictionary(StringComparer.Ordinal));

    private static readonly Gen<Sequence<KeyPart>> Keys = Gen.OneOf(
        Attribute.Select(a => (Sequence<KeyPart>)[new KeyPart(a, "HASH")]),
        Gen.Select(Attribute, Attribute).Where((a, b) => a != b)
            .Select((a, b) => (Sequence<KeyPart>)[new KeyPart(a, "HASH"), new KeyPart(b, "RANGE")]));

    private static readonly Gen<Sequence<KeyPart>> TableKeys = Gen.OneOf(
        Gen.Const((Sequence<KeyPart>)[new KeyPart("id", "HASH")]),
        Gen.Const((Sequence<KeyPart>)[new KeyPart("id", "HASH"), new KeyPart("at", "RANGE")]));

    private static readonly Gen<Sequence<TableIndex>> Indexes = Gen.Select(
        Gen.OneOf("i1", "i2", "i3"), Keys, Gen.OneOf("ALL", "KEYS_ONLY"), Null(Units))
        .Select((name, keys, projection, units) => new TableIndex(name, keys, projection, [], units))
        .Array[0, 3].Select(indexes =>
            (Sequence<TableIndex>)[.. indexes.DistinctBy(i => i.Name).OrderBy(i => i.Name, StringComparer.Ordinal)]);

    private static readonly Gen<ImmutableSortedDictionary<string, string>> Types = Type.Array[4].Select(types =>
        new[] { "id", "at", "day", "week" }.Zip(types)
            .ToImmutableSortedDictionary(t => t.First, t => t.Second, StringComparer.Ordinal));

    /// <summary>Tables that a manifest may want.</summary>
    public static readonly Gen<WantedTable> Wanted = Gen.Select(
        Gen.Select(TableKeys, Types, Null(Billings), Indexes, LocalIndexes()),
        Gen.Select(
            Null(Gen.OneOf(null, "NEW_IMAGE", "KEYS_ONLY").Select(v => new StreamSetting(v))),
            Null(Gen.OneOf(null, "expires", "until").Select(a => new TimeToLive(a))),
            Null(Gen.Bool.Select(on => new TableEncryption(on, null)))),
        Gen.Select(Null(Gen.OneOf("STANDARD", "STANDARD_INFREQUENT_ACCESS")), Maybe(), Maybe(), Null(Tags)),
        (shape, settings, rest) => Tidy(new WantedTable
        {
            Name = "table",
            Keys = shape.Item1,
            Attributes = shape.Item2,
            Billing = shape.Item3,
            GlobalIndexes = shape.Item4,
            LocalIndexes = shape.Item5,
            Stream = settings.Item1,
            TimeToLive = settings.Item2,
            Encryption = settings.Item3,
            TableClass = rest.Item1,
            DeletionProtection = rest.Item2,
            Recovery = rest.Item3,
            Tags = rest.Item4,
        }));

    /// <summary>Tables that may exist: none, or the result of another manifest.</summary>
    public static readonly Gen<TableState?> Actual = Gen.Frequency((1, Gen.Const((TableState?)null)), (6, Gen.Select(
        Wanted, Gen.Bool, Gen.Bool).Select((table, recovery, on) => (TableState?)(TableModel.Created(table) with
        {
            TimeToLive = table.TimeToLive ?? new TimeToLive(on ? "expires" : null),
            Recovery = recovery,
        }))));

    /// <summary>Features that a store may lack.</summary>
    public static readonly Gen<IReadOnlySet<string>> Lacking = Gen.OneOf(
        TableProperty.Tags,
        TableProperty.TimeToLive,
        TableProperty.Stream,
        TableProperty.GlobalIndexes,
        TableProperty.Class,
        TableProperty.Recovery,
        TableProperty.DeletionProtection,
        TableProperty.Encryption)
        .Array[0, 3].Select(names => (IReadOnlySet<string>)names.ToHashSet());

    private static Gen<Sequence<TableIndex>> LocalIndexes() => Gen.Frequency(
        (3, Gen.Const(Sequence<TableIndex>.Empty)),
        (1, Gen.OneOf("day", "week").Select(a => (Sequence<TableIndex>)[
            new TableIndex("local", [new KeyPart("id", "HASH"), new KeyPart(a, "RANGE")], "ALL", []),
        ])));

    private static Gen<T?> Null<T>(Gen<T> gen)
        where T : class => Gen.Frequency((1, Gen.Const((T?)null)), (2, gen.Select(v => (T?)v)));

    private static Gen<bool?> Maybe() => Gen.OneOf<bool?>(null, true, false);

    // As the manifest reader creates it: only key attributes are declared.
    private static WantedTable Tidy(WantedTable table)
    {
        var used = table.Keys.Concat(table.GlobalIndexes.Concat(table.LocalIndexes).SelectMany(i => i.Keys))
            .Select(k => k.Attribute)
            .ToHashSet();
        return table with
        {
            Attributes = table.Attributes.RemoveRange(table.Attributes.Keys.Where(a => !used.Contains(a))),
        };
    }
}
