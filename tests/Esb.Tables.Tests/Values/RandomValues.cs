using CsCheck;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Values;

/// <summary>Values of all types, at random.</summary>
internal static class RandomValues
{
    private static readonly Gen<DynamoNumber> Numbers =
        from value in Gen.Long
        from scale in Gen.Int[-80, 80]
        select Number($"{value}e{scale}");

    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char["ab:#\"\\\n€é"], 0, 6], Gen.Const("\U0001F600"), Gen.Const("￼"));

    private static readonly Gen<Bytes> Binaries = Gen.Byte.Array[0, 5].Select(bytes => new Bytes(bytes));

    /// <summary>Scalars and sets.</summary>
    public static readonly Gen<AttributeValue> Flat = Gen.OneOf<AttributeValue>(
        Texts.Select(text => (AttributeValue)new StringValue(text)),
        Numbers.Select(number => (AttributeValue)new NumberValue(number)),
        Binaries.Select(binary => (AttributeValue)new BinaryValue(binary)),
        Gen.Bool.Select(value => (AttributeValue)new BooleanValue(value)),
        Gen.Const((AttributeValue)NullValue.Instance),
        Texts.Array[1, 4].Select(members => (AttributeValue)new StringSetValue([.. members.Distinct()])),
        Numbers.Array[1, 4].Select(members => (AttributeValue)new NumberSetValue([.. members.Distinct()])),
        Binaries.Array[1, 4].Select(members => (AttributeValue)new BinarySetValue([.. members.Distinct()])));

    /// <summary>Values with maps and lists within them.</summary>
    public static readonly Gen<AttributeValue> Any = Of(3);

    /// <summary>Items.</summary>
    public static readonly Gen<MapValue> Items = Map(Any);

    private static Gen<AttributeValue> Of(int levels) => levels == 0 ? Flat : Gen.Frequency(
        (3, Flat),
        (1, Of(levels - 1).Array[0, 3].Select(elements => (AttributeValue)new ListValue(elements))),
        (1, Map(Of(levels - 1)).Select(map => (AttributeValue)map)));

    private static Gen<MapValue> Map(Gen<AttributeValue> member) =>
        Gen.Select(Gen.String[Gen.Char["abcd"], 1, 2], member).Array[0, 4].Select(members =>
            new MapValue(members.DistinctBy(m => m.Item1).ToDictionary(m => m.Item1, m => m.Item2)));

    private static DynamoNumber Number(string text) => DynamoNumber.TryParse(text, out var number, out var problem)
        ? number
        : throw new InvalidOperationException(problem);
}
