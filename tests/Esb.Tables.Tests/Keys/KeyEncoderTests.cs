using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Tests.Storage;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Keys;

/// <summary>Keys that cannot be, with DynamoDB's own messages.</summary>
public sealed class KeyEncoderTests
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const string NotValid = "One or more parameter values are not valid. ";

    private static readonly TableDefinition Table = Samples.Table() with { GlobalIndexes = [Samples.Index()] };

    [Test]
    public async Task An_item_without_a_key_attribute_is_refused()
    {
        const string Message = $"{Invalid}Missing the key ";
        await Refused(() => KeyEncoder.Of(Samples.Keys, Item(("h", Text("a")))), $"{Message}r in the item");
        await Refused(() => KeyEncoder.Of(Samples.Keys, MapValue.Empty), $"{Message}h in the item");
    }

    [Test]
    public async Task A_key_attribute_of_another_type_is_refused() => await Refused(
        () => KeyEncoder.Of(Samples.Keys, Item(("h", Text("a")), ("r", Text("1")))),
        $"{Invalid}Type mismatch for key r expected: N actual: S");

    [Test]
    public async Task An_empty_key_is_refused()
    {
        await Refused(
            () => KeyEncoder.Of(Samples.Keys, Samples.Item("", 1)),
            $"{NotValid}The AttributeValue for a key attribute cannot contain an empty string value. Key: h");
        await Refused(
            () => KeyEncoder.OfKey(new KeySchema("h", AttributeType.B, null, null), Item(("h", Binary(0)))),
            $"{NotValid}The AttributeValue for a key attribute cannot contain an empty binary value. Key: h");
    }

    [Test]
    public async Task A_key_that_is_too_long_is_refused()
    {
        var keys = new KeySchema("h", AttributeType.S, "r", AttributeType.B);
        _ = KeyEncoder.Of(keys, Item(("h", Text(new string('x', 2048))), ("r", Binary(1024))));
        await Refused(
            () => KeyEncoder.Of(keys, Item(("h", Text(new string('ü', 1025))), ("r", Binary(1)))),
            $"{Invalid}Size of hashkey has exceeded the maximum size limit of2048 bytes");
        await Refused(
            () => KeyEncoder.Of(keys, Item(("h", Text("a")), ("r", Binary(1025)))),
            $"{Invalid}Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
    }

    [Test]
    public async Task A_key_of_a_request_consists_of_the_key_attributes_and_nothing_else()
    {
        const string Message = "The provided key element does not match the schema";
        await Refused(() => KeyEncoder.OfKey(Samples.Keys, Item(("h", Text("a")))), Message);
        await Refused(() => KeyEncoder.OfKey(Samples.Keys, Samples.Item("a", 1, value: "more")), Message);
        await Refused(() => KeyEncoder.OfKey(Samples.Keys, Item(("h", Text("a")), ("r", Text("1")))), Message);
        await Refused(
            () => KeyEncoder.OfKey(Samples.Keys, Item(("h", Text("a")), ("x", Samples.Number("1")))), Message);
        await Assert.That(KeyEncoder.OfKey(Samples.Keys, Samples.Item("a", 1)).Bytes)
            .IsEqualTo(KeyEncoder.Of(Samples.Keys, Samples.Item("a", 1, "g", "v")).Bytes);
    }

    [Test]
    public async Task Attributes_of_an_item_that_are_keys_of_an_index_are_checked()
    {
        IndexKeys.Require(Table, Samples.Item("a", 1));
        IndexKeys.Require(Table, Samples.Item("a", 1, "g"));
        await Refused(
            () => IndexKeys.Require(Table, Item(("g", Samples.Number("1")))),
            $"{Invalid}Type mismatch for Index Key g Expected: S Actual: N IndexName: i");
        await Refused(
            () => IndexKeys.Require(Table, Samples.Item("a", 1, "")),
            $"{NotValid}A value specified for a secondary index key is not supported. The AttributeValue for a key "
            + "attribute cannot contain an empty string value. IndexName: i, IndexKey: g");
        await Refused(
            () => IndexKeys.Require(Table, Samples.Item("a", 1, new string('x', 2049))),
            $"{Invalid}Size of hashkey has exceeded the maximum size limit of2048 bytes");
    }

    [Test]
    public async Task A_page_begins_behind_a_whole_key_of_the_table_or_the_index()
    {
        var item = Samples.Item("a", 1, "g", "v");
        var index = Table.FindIndex("i")!;

        await Assert.That(KeyEncoder.PositionOf(Table, null, Samples.Item("a", 1)))
            .IsEqualTo(KeyEncoder.Of(Samples.Keys, item).Bytes);
        await Assert.That(KeyEncoder.PositionOf(Table, index, Samples.Item("a", 1, "g")))
            .IsEqualTo(KeyEncoder.OfIndex(Table, index, item)!.Value);
        await Assert.That(() => KeyEncoder.PositionOf(Table, null, item)).Throws<TableException>();
        await Assert.That(() => KeyEncoder.PositionOf(Table, index, Samples.Item("a", 1))).Throws<TableException>();
    }

    private static async Task Refused(Action action, string message)
    {
        var error = Assert.Throws<TableException>(action);
        await Assert.That(error.Message).IsEqualTo(message);
        await Assert.That(error.ErrorType).IsEqualTo("ValidationException");
    }

    private static MapValue Item(params (string, AttributeValue?)[] members) => Samples.Map(members);

    private static StringValue Text(string text) => new(text);

    private static BinaryValue Binary(int length) => new(new Bytes(new byte[length]));
}
