using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Legacy;
using Esb.Tables.Tests.Expressions;
using Esb.Tables.Tests.Values;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Legacy;

public sealed class LegacyParameterTests
{
    private const string Invalid = "One or more parameter values were invalid: ";

    private const string Item = """
        {"s": {"S": "hello"}, "n": {"N": "7"}, "ss": {"SS": ["x", "y"]}, "l": {"L": [{"S": "x"}]}, "a.b": {"S": "dots"}}
        """;

    [Test]
    [Arguments("""{"s": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "hello"}]}}""", true)]
    [Arguments("""{"s": {"ComparisonOperator": "NE", "AttributeValueList": [{"N": "1"}]}}""", true)]
    [Arguments("""{"n": {"ComparisonOperator": "LT", "AttributeValueList": [{"N": "7.0"}]}}""", false)]
    [Arguments("""{"n": {"ComparisonOperator": "LE", "AttributeValueList": [{"N": "7.0"}]}}""", true)]
    [Arguments("""{"n": {"ComparisonOperator": "GT", "AttributeValueList": [{"N": "6"}]}}""", true)]
    [Arguments("""{"n": {"ComparisonOperator": "GE", "AttributeValueList": [{"S": "6"}]}}""", false)]
    [Arguments("""{"n": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [{"N": "6"}, {"N": "8"}]}}""", true)]
    [Arguments("""{"n": {"ComparisonOperator": "IN", "AttributeValueList": [{"N": "6"}, {"N": "7"}]}}""", true)]
    [Arguments("""{"s": {"ComparisonOperator": "BEGINS_WITH", "AttributeValueList": [{"S": "he"}]}}""", true)]
    [Arguments("""{"s": {"ComparisonOperator": "CONTAINS", "AttributeValueList": [{"S": "ell"}]}}""", true)]
    [Arguments("""{"ss": {"ComparisonOperator": "CONTAINS", "AttributeValueList": [{"S": "x"}]}}""", true)]
    [Arguments("""{"l": {"ComparisonOperator": "NOT_CONTAINS", "AttributeValueList": [{"S": "y"}]}}""", true)]
    [Arguments("""{"gone": {"ComparisonOperator": "NOT_CONTAINS", "AttributeValueList": [{"S": "y"}]}}""", false)]
    [Arguments("""{"gone": {"ComparisonOperator": "NULL"}}""", true)]
    [Arguments("""{"s": {"ComparisonOperator": "NOT_NULL", "AttributeValueList": []}}""", true)]
    [Arguments("""{"a.b": {"ComparisonOperator": "NOT_NULL"}}""", true)]
    [Arguments("""{}""", true)]
    public async Task A_filter_is_true_or_false(string filter, bool isTrue) =>
        await Assert.That(AttributeFilter.Read(Wire.Json(filter), null).IsTrue(Wire.Item(Item))).IsEqualTo(isTrue);

    [Test]
    [Arguments(null, false)]
    [Arguments("AND", false)]
    [Arguments("OR", true)]
    public async Task Conditions_are_connected_by_the_conditional_operator(string? connect, bool isTrue)
    {
        const string Two = """{"s": {"ComparisonOperator": "NOT_NULL"}, "n": {"ComparisonOperator": "NULL"}}""";
        await Assert.That(AttributeFilter.Read(Wire.Json(Two), connect).IsTrue(Wire.Item(Item))).IsEqualTo(isTrue);
    }

    [Test]
    [Arguments("EQ", "", Invalid + "Invalid number of argument(s) for the EQ ComparisonOperator")]
    [Arguments("NULL", """{"S": "a"}""", Invalid + "Invalid number of argument(s) for the NULL ComparisonOperator")]
    [Arguments("IN", "", Invalid + "Invalid number of argument(s) for the IN ComparisonOperator")]
    [Arguments("BETWEEN", """{"N": "1"}""",
        Invalid + "Invalid number of argument(s) for the BETWEEN ComparisonOperator")]
    [Arguments("IN", """{"S": "a"}, {"N": "1"}""",
        Invalid + "AttributeValues inside AttributeValueList must be of same type")]
    [Arguments("LT", """{"BOOL": true}""", Invalid + "ComparisonOperator LT is not valid for BOOL AttributeValue type")]
    [Arguments("CONTAINS", """{"L": []}""",
        Invalid + "ComparisonOperator CONTAINS is not valid for L AttributeValue type")]
    [Arguments("BEGINS_WITH", """{"N": "1"}""",
        Invalid + "ComparisonOperator BEGINS_WITH is not valid for N AttributeValue type")]
    [Arguments("BETWEEN", """{"S": "b"}, {"S": "a"}""",
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound")]
    [Arguments("EQ", """{"N": "1"}, {"N": "z"}""", "The parameter cannot be converted to a numeric value: z")]
    public async Task A_filter_that_is_not_valid_is_refused(string name, string values, string problem)
    {
        var filter = $$$"""{"a": {"ComparisonOperator": "{{{name}}}", "AttributeValueList": [{{{values}}}]}}""";
        await Assert.That(Parsed.Problem(() => AttributeFilter.Read(Wire.Json(filter), null))).IsEqualTo(problem);
    }

    [Test]
    [Arguments("""{"s": {"Value": {"S": "hello"}}}""", true)]
    [Arguments("""{"s": {"Value": {"S": "hell"}}}""", false)]
    [Arguments("""{"s": {"Value": {"S": "hello"}, "Exists": true}}""", true)]
    [Arguments("""{"gone": {"Exists": false}}""", true)]
    [Arguments("""{"s": {"Exists": false}}""", false)]
    [Arguments("""{"n": {"ComparisonOperator": "GT", "Value": {"N": "1"}}}""", true)]
    [Arguments("""{"n": {"ComparisonOperator": "IN", "AttributeValueList": [{"N": "1"}, {"N": "7"}]}}""", true)]
    public async Task What_is_expected_is_true_or_false(string expected, bool isTrue) =>
        await Assert.That(Expected.Read(Wire.Json(expected), null).IsTrue(Wire.Item(Item))).IsEqualTo(isTrue);

    [Test]
    [Arguments("""{}""", "Value must be provided when Exists is null for Attribute: a")]
    [Arguments("""{"Exists": true}""", "Value must be provided when Exists is true for Attribute: a")]
    [Arguments("""{"Exists": false, "Value": {"S": "x"}}""",
        "Value cannot be used when Exists is false for Attribute: a")]
    [Arguments("""{"ComparisonOperator": "LT"}""",
        "Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a")]
    [Arguments("""{"ComparisonOperator": "LT", "Exists": true}""",
        "Exists and ComparisonOperator cannot be used together for Attribute: a")]
    [Arguments("""{"Value": {"S": "x"}, "AttributeValueList": [], "ComparisonOperator": "LT"}""",
        "Value and AttributeValueList cannot be used together for Attribute: a")]
    [Arguments("""{"AttributeValueList": [], "Exists": true}""",
        "AttributeValueList can only be used with a ComparisonOperator for Attribute: a")]
    [Arguments("""{"ComparisonOperator": "NULL", "Value": {"S": "x"}}""",
        "Invalid number of argument(s) for the NULL ComparisonOperator")]
    public async Task What_is_expected_wrongly_is_refused(string structure, string problem)
    {
        var expected = Wire.Json($$"""{"a": {{structure}}}""");
        await Assert.That(Parsed.Problem(() => Expected.Read(expected, null))).IsEqualTo(Invalid + problem);
    }

    [Test]
    [Arguments("""{}""", "ConditionalOperator cannot be used without Filter or Expected")]
    [Arguments("""{"a": {"Exists": false}}""",
        "ConditionalOperator can only be used when Filter or Expected has two or more elements")]
    public async Task A_conditional_operator_needs_two_conditions(string expected, string problem) => await Assert.That(
        Parsed.Problem(() => Expected.Read(Wire.Json(expected), "OR"))).IsEqualTo(problem);

    [Test]
    public async Task Attributes_are_put_added_and_deleted()
    {
        const string Updates = """
            {"s": {"Value": {"S": "new"}}, "n": {"Action": "ADD", "Value": {"N": "1"}}, "a.b": {"Action": "DELETE"},
             "ss": {"Action": "DELETE", "Value": {"SS": ["y"]}}, "l": {"Action": "ADD", "Value": {"L": [{"S": "z"}]}},
             "set": {"Action": "ADD", "Value": {"NS": ["1"]}}, "map": {"Action": "PUT", "Value": {"M": {}}}}
            """;
        await Assert.That(AttributeUpdates.Read(Wire.Json(Updates)).Apply(Wire.Item(Item)).Item).IsEqualTo(Wire.Item("""
            {"s": {"S": "new"}, "n": {"N": "8"}, "ss": {"SS": ["x"]}, "l": {"L": [{"S": "x"}, {"S": "z"}]},
             "set": {"NS": ["1"]}, "map": {"M": {}}}
            """));
    }

    [Test]
    [Arguments("""{}""", Invalid + "Only DELETE action is allowed when no attribute value is specified")]
    [Arguments("""{"Action": "ADD"}""", Invalid + "Only DELETE action is allowed when no attribute value is specified")]
    [Arguments("""{"Action": "DELETE", "Value": {"L": []}}""",
        Invalid + "DELETE action with value is not supported for the type L")]
    [Arguments("""{"Action": "ADD", "Value": {"B": "eA=="}}""", Invalid + "ADD action is not supported for the type B")]
    [Arguments("""{"Action": "ADD", "Value": {"N": "1"}}""", "Type mismatch for attribute to update")]
    [Arguments("""{"Action": "DELETE", "Value": {"NS": ["1"]}}""", "Type mismatch for attribute to update")]
    public async Task Updates_that_are_not_valid_are_refused(string structure, string problem) => await Assert.That(
        Parsed.Problem(() => AttributeUpdates.Read(Wire.Json($$"""{"ss": {{structure}}}""")).Apply(Wire.Item(Item))))
        .IsEqualTo(problem);

    [Test]
    public async Task Key_conditions_name_the_part_of_the_table()
    {
        var keys = new KeySchema("h", AttributeType.S, "r", AttributeType.N);
        const string Both = """
            {"h": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "x"}]},
             "r": {"ComparisonOperator": "BETWEEN", "AttributeValueList": [{"N": "1"}, {"N": "2"}]}}
            """;
        var condition = KeyConditions.Read(Wire.Json(Both)).For(keys);
        await Assert.That(condition.Hash).IsEqualTo(new StringValue("x"));
        await Assert.That(condition.Sort!.Operator).IsEqualTo(SortOperator.Between);
        await Assert.That(Parsed.Problem(() => KeyConditions.Read(
            Wire.Json("""{"h": {"ComparisonOperator": "NOT_NULL"}}""")).For(keys)))
            .IsEqualTo("Attempted conditional constraint is not an indexable operation");
        await Assert.That(Parsed.Problem(() => KeyConditions.Read(Wire.Json("{}")).RequireComparisons()))
            .IsEqualTo("Conditions can be of length 1 or 2 only");
    }

    [Test]
    [Arguments("""[]""", "Unrecognized collection type java.util.Map<java.lang.String, "
        + "com.amazonaws.dynamodb.v20120810.Condition>")]
    [Arguments("""{"a": []}""", "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.Condition")]
    [Arguments("""{"a": 1}""", "Unexpected value type in payload")]
    [Arguments("""{"a": {"ComparisonOperator": 1}}""", "NUMBER_VALUE cannot be converted to String")]
    [Arguments("""{"a": {"AttributeValueList": {}}}""", "Start of structure or map found where not expected")]
    [Arguments("""{"a": {"AttributeValueList": ["x"]}}""", "Unexpected value type in payload")]
    public async Task A_part_of_another_JSON_type_is_a_serialization_error(string filter, string problem)
    {
        var error = await Assert.That(() => AttributeFilter.Read(Wire.Json(filter), null)).Throws<TableException>();
        await Assert.That($"{error!.ErrorType} {error.Message}").IsEqualTo("SerializationException " + problem);
    }

    [Test]
    [Arguments("""{"FilterExpression": "", "QueryFilter": {}, "KeyConditions": {}}""",
        "Can not use both expression and non-expression parameters in the same request: "
            + "Non-expression parameters: {QueryFilter} Expression parameters: {FilterExpression}")]
    [Arguments("""{"FilterExpression": "", "KeyConditionExpression": "", "KeyConditions": {}}""",
        "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: "
            + "{KeyConditions} Expression parameters: {FilterExpression, KeyConditionExpression}")]
    [Arguments("""{"ExpressionAttributeNames": {}, "ExpressionAttributeValues": {}}""",
        "ExpressionAttributeNames can only be specified when using expressions")]
    [Arguments("""{"ProjectionExpression": "a", "ExpressionAttributeValues": {}}""",
        "ExpressionAttributeValues can only be specified when using expressions: "
            + "FilterExpression and KeyConditionExpression are null")]
    [Arguments("""{"FilterExpression": "a", "KeyConditions": {}, "QueryFilter": null}""", "(none)")]
    public async Task Expressions_do_not_stand_beside_what_came_before_them(string request, string problem) =>
        await Assert.That(Parsed.Problem(() => ExpressionStyles.Require(
            Wire.Json(request),
            ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
            ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"]))).IsEqualTo(problem);
}
