using CsCheck;
using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Storage.Model;

/// <summary>One thing that is done to tables.</summary>
internal abstract record Step
{
    private static readonly Gen<string> Hash = Gen.OneOf("a", "b", "\u0000", "ü");
    private static readonly Gen<int> Range = Gen.Int[-2, 2];
    private static readonly Gen<string> IndexName = Gen.OneOf("i", "j");

    private static readonly Gen<MapValue> AnyItem =
        from hash in Hash
        from range in Range
        from @group in Gen.OneOf(null, "x", "y")
        from value in Gen.OneOf("1", "22")
        select Samples.Item(hash, range, @group, value);

    private static readonly Gen<Step> Change = Gen.Frequency<Step>(
        (3, AnyItem.Select(item => (Step)new Put(item))),
        (1, AnyItem.Select(item => (Step)new Delete(item))));

    /// <summary>Any step.</summary>
    public static Gen<Step> Any { get; } = Gen.Frequency<Step>(
        (20, Change),
        (3, Gen.Select(Change.Array[1, 4], Gen.Bool, (changes, fails) => (Step)new Together(changes, fails))),
        (1, IndexName.Select(name => (Step)new AddIndex(name))),
        (1, IndexName.Select(name => (Step)new RemoveIndex(name))),
        (1, Gen.Enum<StreamView>().Select(view => (Step)new EnableStream(view))),
        (1, Gen.Const<Step>(new DisableStream())),
        (1, Gen.Const<Step>(new Recreate())),
        (1, Gen.Const<Step>(new Restart())));

    public sealed record Put(MapValue Item) : Step;

    public sealed record Delete(MapValue Item) : Step;

    public sealed record Together(Step[] Changes, bool Fails) : Step;

    public sealed record AddIndex(string Name) : Step;

    public sealed record RemoveIndex(string Name) : Step;

    public sealed record EnableStream(StreamView View) : Step;

    public sealed record DisableStream : Step;

    public sealed record Recreate : Step;

    public sealed record Restart : Step;
}
