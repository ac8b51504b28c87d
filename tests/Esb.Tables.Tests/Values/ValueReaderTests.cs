using CsCheck;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Values;

public sealed class ValueReaderTests
{
    private const string Empty =
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";

    private const string Several =
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";

    private const string Invalid = "One or more parameter values were invalid: ";

    private const string NotNumeric = "The parameter cannot be converted to a numeric value";

    [Test]
    public void What_was_written_reads_as_the_same_item() => RandomValues.Items.Sample(item =>
        Wire.Item(Wire.Text(item)).Equals(item) && ValueReader.ReadStored(Wire.Bytes(item)).Equals(item));

    [Test]
    [Arguments("""{}""", Empty)]
    [Arguments("""{"a": "b"}""", Empty)]
    [Arguments("""{"S": null}""", Empty)]
    [Arguments("""{"L": [{}]}""", Empty)]
    [Arguments("""{"M": {"a": {"b": 1}}}""", Empty)]
    [Arguments("""{"S": "a", "N": "1"}""", Several)]
    [Arguments("""{"S": "a", "N": "x"}""", NotNumeric + ": x")]
    [Arguments("""{"N": ""}""", NotNumeric)]
    [Arguments("""{"NS": ["1", "x"]}""", NotNumeric + ": x")]
    [Arguments("""{"NULL": false}""", Invalid + "Null attribute value types must have the value of true")]
    [Arguments("""{"SS": []}""", Invalid + "An string set  may not be empty")]
    [Arguments("""{"NS": []}""", Invalid + "An number set  may not be empty")]
    [Arguments("""{"BS": []}""", Invalid + "Binary sets should not be empty")]
    [Arguments("""{"SS": ["x", "y", "x"]}""", Invalid + "Input collection [x, y, x] contains duplicates.")]
    [Arguments("""{"NS": ["1", "1.0"]}""", "Input collection contains duplicates")]
    [Arguments("""{"BS": ["eA==", "eA=="]}""",
        Invalid + "Input collection [eA==, eA==]of type BS contains duplicates.")]
    public async Task A_value_that_is_not_valid_is_refused(string json, string message) =>
        await Assert.That(() => Wire.Value(json)).Throws<TableException>().WithMessage(message);

    [Test]
    [Arguments("""{"S": 1}""", "NUMBER_VALUE cannot be converted to String")]
    [Arguments("""{"S": 1.5}""", "DECIMAL_VALUE cannot be converted to String")]
    [Arguments("""{"N": true}""", "TRUE_VALUE cannot be converted to String")]
    [Arguments("""{"S": ["a"]}""", "Unrecognized collection type class java.lang.String")]
    [Arguments("""{"S": {}}""", "Start of structure or map found where not expected")]
    [Arguments("""{"S": "\ud800"}""", "Unexpected token received from parser")]
    [Arguments("""{"B": 1}""", "only base-64-encoded strings are convertible to bytes")]
    [Arguments("""{"B": "abc"}""", "Base64 encoded length is expected a multiple of 4 bytes but found: 3")]
    [Arguments("""{"B": "=+/="}""", "Invalid last non-pad Base64 character dectected")]
    [Arguments("""{"BOOL": "maybe"}""", "Unexpected token received from parser")]
    [Arguments("""{"BOOL": 1}""", "NUMBER_VALUE cannot be converted to Boolean")]
    [Arguments("""{"L": {}}""", "Start of structure or map found where not expected")]
    [Arguments("""{"SS": "a"}""", "Unexpected field type")]
    [Arguments("""{"L": ["a"]}""", "Unexpected value type in payload")]
    [Arguments("""{"L": [[]]}""", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue")]
    [Arguments("""{"M": 1}""", "Unexpected field type")]
    [Arguments(
        """{"M": []}""",
        "Unrecognized collection type java.util.Map<java.lang.String, "
            + "com.amazonaws.dynamodb.v20120810.AttributeValue>")]
    public async Task A_part_of_another_JSON_type_is_a_serialization_error(string json, string message)
    {
        var error = await Assert.That(() => Wire.Value(json)).Throws<TableException>();
        await Assert.That(error!.ErrorType).IsEqualTo("SerializationException");
        await Assert.That(error.Message).IsEqualTo(message);
    }

    [Test]
    public async Task A_wrong_JSON_type_is_told_before_a_wrong_value_that_comes_first()
    {
        var error = await Assert.That(() => Wire.Item("""{"a": {"N": "x"}, "b": {"S": 1}}""")).Throws<TableException>();
        await Assert.That(error!.ErrorType).IsEqualTo("SerializationException");
    }

    [Test]
    [Arguments("""{"a": null}""")]
    [Arguments("""{"a": {"M": {"b": null}}}""")]
    public async Task An_attribute_that_is_null_is_no_absent_attribute(string json)
    {
        var error = await Assert.That(() => Wire.Item(json)).Throws<TableException>();
        await Assert.That(error!.ErrorType).IsEqualTo("ValidationException");
        await Assert.That(error.Message).IsEqualTo("The supplied Item contains a null AttributeValue");
    }

    [Test]
    public async Task Words_for_true_and_members_that_are_null_are_read_as_the_service_reads_them()
    {
        await Assert.That(Wire.Value("""{"BOOL": "Yes", "S": null}""")).IsEqualTo(new BooleanValue(true));
        await Assert.That(Wire.Value("""{"NULL": "true"}""")).IsEqualTo(NullValue.Instance);
        await Assert.That(Wire.Item("""{"a": {"S": "1"}, "a": {"S": "2"}}"""))
            .IsEqualTo(Wire.Item("""{"a": {"S": "2"}}"""));
    }

    [Test]
    [Arguments("M")]
    [Arguments("L")]
    public async Task A_value_has_32_levels_at_most(string type)
    {
        string Nested(int wraps) => Enumerable.Repeat(0, wraps).Aggregate(
            """{"S": "leaf"}""",
            (inner, _) => type == "M" ? $$$"""{"M": {"n": {{{inner}}}}}""" : $$"""{"L": [{{inner}}]}""");

        await Assert.That(Wire.Value(Nested(31)).Type.ToString()).IsEqualTo(type);
        await Assert.That(() => Wire.Value(Nested(32))).Throws<TableException>().WithMessage(
            "Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
    }

    [Test]
    [Arguments("""{"a": {"S": "é"}}""", 3)]
    [Arguments("""{"a": {"N": "0"}}""", 2)]
    [Arguments("""{"a": {"N": "100"}}""", 3)]
    [Arguments("""{"a": {"N": "12345678901234567890123456789012345678"}}""", 21)]
    [Arguments("""{"a": {"N": "1E125"}}""", 3)]
    [Arguments("""{"a": {"N": "0.0000001"}}""", 3)]
    [Arguments("""{"a": {"N": "1.234"}}""", 5)]
    [Arguments("""{"a": {"N": "-3.14159"}}""", 7)]
    [Arguments("""{"a": {"NULL": true}, "b": {"BOOL": false}, "c": {"B": "eHl6"}}""", 8)]
    [Arguments("""{"a": {"SS": ["xx", "y"]}, "b": {"NS": ["1", "22"]}, "c": {"BS": ["eHl6"]}}""", 13)]
    [Arguments("""{"a": {"L": [{"S": "x"}, {"BOOL": true}]}, "b": {"M": {"cc": {"S": "yy"}}}}""", 17)]
    public async Task A_size_is_that_which_the_service_counts(string json, int size) =>
        await Assert.That(ItemSize.Of(Wire.Item(json))).IsEqualTo(size);
}
