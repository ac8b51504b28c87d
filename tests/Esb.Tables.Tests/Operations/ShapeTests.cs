namespace Esb.Tables.Tests.Operations;

/// <summary>Requests whose form is wrong, with the service's own words.</summary>
public sealed class ShapeTests
{
    [Test]
    [Arguments("PutItem", """{"TableName": 1}""", "NUMBER_VALUE cannot be converted to String")]
    [Arguments("PutItem", """{"TableName": 1.5}""", "DECIMAL_VALUE cannot be converted to String")]
    [Arguments("PutItem", """{"TableName": []}""", "Unrecognized collection type class java.lang.String")]
    [Arguments("PutItem", """{"TableName": {}}""", "Start of structure or map found where not expected")]
    [Arguments("PutItem", """{"Item": "x"}""", "Unexpected field type")]
    [Arguments("PutItem", """{"Item": {"a": "x"}}""", "Unexpected value type in payload")]
    [Arguments("PutItem", """{"Item": {"a": {"S": 1}}}""", "NUMBER_VALUE cannot be converted to String")]
    [Arguments("PutItem", """{"Item": {"a": {"B": 1}}}""", "only base-64-encoded strings are convertible to bytes")]
    [Arguments("PutItem", """{"Item": {"a": {"L": {}}}}""", "Start of structure or map found where not expected")]
    [Arguments(
        "PutItem",
        """{"Item": []}""",
        "Unrecognized collection type java.util.Map<java.lang.String, "
        + "com.amazonaws.dynamodb.v20120810.AttributeValue>")]
    [Arguments("Scan", """{"Limit": "1"}""", "STRING_VALUE cannot be converted to Integer")]
    [Arguments("Scan", """{"Limit": true}""", "TRUE_VALUE cannot be converted to Integer")]
    [Arguments("Scan", """{"ConsistentRead": "maybe"}""", "Unexpected token received from parser")]
    [Arguments("Scan", """{"ConsistentRead": 1}""", "NUMBER_VALUE cannot be converted to Boolean")]
    public async Task A_value_of_another_type_cannot_be_read(string operation, string request, string message)
    {
        await using var service = OpenService.Empty();
        await Assert.That(await service.ErrorAsync(operation, request)).IsEqualTo("SerializationException: " + message);
    }

    [Test]
    [Arguments(
        "GetItem",
        "{}",
        "2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be "
        + "null; Value null at 'key' failed to satisfy constraint: Member must not be null")]
    [Arguments(
        "GetItem",
        """{"TableName": "a;", "Key": {}, "ReturnConsumedCapacity": "ALL"}""",
        "3 validation errors detected: Value 'ALL' at 'returnConsumedCapacity' failed to satisfy constraint: Member "
        + "must satisfy enum value set: [INDEXES, TOTAL, NONE]; Value 'a;' at 'tableName' failed to satisfy "
        + "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; Value 'a;' at 'tableName' "
        + "failed to satisfy constraint: Member must have length greater than or equal to 3")]
    [Arguments(
        "Scan",
        """{"TableName": "tab", "ScanFilter": {"a": {}, "b": {"ComparisonOperator": "X"}}}""",
        "2 validation errors detected: Value null at 'scanFilter.a.member.comparisonOperator' failed to satisfy "
        + "constraint: Member must not be null; "
        + "Value 'X' at 'scanFilter.b.member.comparisonOperator' failed to satisfy constraint: Member must satisfy "
        + "enum value set: [IN, NULL, BETWEEN, LT, NOT_CONTAINS, EQ, GT, NOT_NULL, NE, LE, BEGINS_WITH, GE, CONTAINS]")]
    [Arguments(
        "UpdateItem",
        """{"TableName": "tab", "Key": {}, "AttributeUpdates": {"a": {"Action": "X"}, "b": {}}}""",
        "1 validation error detected: Value 'X' at 'attributeUpdates.a.member.action' failed to satisfy constraint: "
        + "Member must satisfy enum value set: [ADD, DELETE, PUT]")]
    [Arguments(
        "PutItem",
        """{"TableName": "tab", "Item": {"a": {}}}""",
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")]
    [Arguments(
        "PutItem",
        """{"TableName": "tab", "Item": {"a": {"S": "x", "N": "1"}}}""",
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")]
    [Arguments(
        "PutItem",
        """{"TableName": "tab", "Item": {"a": {"N": "one"}}}""",
        "The parameter cannot be converted to a numeric value: one")]
    [Arguments(
        "CreateTable", "{}", "The parameter 'TableName' is required but was not present in the request")]
    [Arguments(
        "DescribeTable",
        """{"TableName": "ab"}""",
        "TableName must be at least 3 characters long and at most 255 characters long")]
    public async Task A_request_that_breaks_a_constraint_is_refused(string operation, string request, string message)
    {
        await using var service = OpenService.Empty();
        await Assert.That(await service.ErrorAsync(operation, request)).IsEqualTo("ValidationException: " + message);
    }

    [Test]
    [Arguments("")]
    [Arguments("{")]
    [Arguments("[]")]
    [Arguments("{\"TableName\": \"\\ud800\"}")]
    public async Task What_is_not_a_document_of_text_cannot_be_read(string body)
    {
        await using var service = OpenService.Empty();
        var error = await service.FailAsync("DescribeTable", body.Length == 0 ? " " : body);
        await Assert.That((string)error["__type"]!).IsEqualTo("com.amazon.coral.service#SerializationException");
    }

    [Test]
    public async Task An_unknown_operation_is_named_as_one()
    {
        await using var service = OpenService.Empty();
        var error = await service.FailAsync("Nothing", "{}");
        await SameJson.IsAsync(error, """{"__type": "com.amazon.coral.service#UnknownOperationException"}""");
    }
}
