using System.Text.Json.Nodes;
using CsCheck;

namespace Esb.Tables.Tests.Operations;

/// <summary>Whatever a request contains, it is answered: nothing that clients send is a fault of the service.</summary>
public sealed class RandomRequestTests
{
    private static readonly (string Operation, string Request)[] Valid =
    [
        ("PutItem", """
            {"TableName": "tab", "Item": {"h": {"S": "a"}, "r": {"N": "1"}, "l": {"L": [{"NS": ["1"]}]}}}
            """),
        ("UpdateItem", """
            {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}},
             "AttributeUpdates": {"v": {"Action": "PUT", "Value": {"S": "x"}}},
             "Expected": {"v": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]}}}
            """),
        ("UpdateItem", """
            {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}, "UpdateExpression": "SET #v = :v",
             "ExpressionAttributeNames": {"#v": "v"}, "ExpressionAttributeValues": {":v": {"S": "x"}}}
            """),
        ("Query", """
            {"TableName": "tab", "KeyConditions": {"h": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]}},
             "QueryFilter": {"v": {"ComparisonOperator": "EQ", "AttributeValueList": [{"S": "a"}]}}, "Limit": 2,
             "ExclusiveStartKey": {"h": {"S": "a"}, "r": {"N": "1"}}}
            """),
        ("Scan", """{"TableName": "tab", "Segment": 0, "TotalSegments": 2, "AttributesToGet": ["v"], "Limit": 1}"""),
        ("BatchGetItem", """{"RequestItems": {"tab": {"Keys": [{"h": {"S": "a"}, "r": {"N": "1"}}]}}}"""),
        ("BatchWriteItem", """
            {"RequestItems": {"tab": [{"PutRequest": {"Item": {"h": {"S": "a"}, "r": {"N": "1"}}}},
              {"DeleteRequest": {"Key": {"h": {"S": "a"}, "r": {"N": "2"}}}}]}}
            """),
        ("TransactWriteItems", """
            {"ClientRequestToken": "x", "TransactItems": [{"Put": {"TableName": "tab",
              "Item": {"h": {"S": "a"}, "r": {"N": "1"}}}}, {"Update": {"TableName": "tab",
              "Key": {"h": {"S": "a"}, "r": {"N": "2"}}, "UpdateExpression": "REMOVE v"}}]}
            """),
        ("TransactGetItems", """
            {"TransactItems": [{"Get": {"TableName": "tab", "Key": {"h": {"S": "a"}, "r": {"N": "1"}}}}]}
            """),
        ("ExecuteStatement", """
            {"Statement": "SELECT * FROM tab WHERE h = ?", "Parameters": [{"S": "a"}], "Limit": 1, "NextToken": "e30"}
            """),
        ("BatchExecuteStatement", """
            {"Statements": [{"Statement": "SELECT * FROM tab WHERE h = 'a' AND r = ?", "Parameters": [{"N": "1"}]}]}
            """),
        ("ExecuteTransaction", """
            {"TransactStatements": [{"Statement": "DELETE FROM tab WHERE h = 'a' AND r = ?", "Parameters": [{"N": "1"}]}]}
            """),
        ("CreateTable", """
            {"TableName": "new", "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "h", "AttributeType": "S"}],
             "GlobalSecondaryIndexes": [{"IndexName": "ind", "KeySchema": [{"AttributeName": "h", "KeyType": "HASH"}],
               "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["v"]}}],
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
             "Tags": [{"Key": "k", "Value": "v"}]}
            """),
        ("UpdateTable", """
            {"TableName": "tab", "AttributeDefinitions": [{"AttributeName": "g", "AttributeType": "S"}],
             "GlobalSecondaryIndexUpdates": [{"Create": {"IndexName": "ind",
               "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}], "Projection": {"ProjectionType": "ALL"}}}]}
            """),
        ("UpdateTimeToLive", """
            {"TableName": "tab", "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "e"}}
            """),
        ("UpdateContinuousBackups", """
            {"TableName": "tab", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}
            """),
        ("TagResource", """
            {"ResourceArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/tab", "Tags": [{"Key": "k", "Value": "v"}]}
            """),
        ("UntagResource", """
            {"ResourceArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/tab", "TagKeys": ["k"]}
            """),
        ("ListTables", """{"Limit": 1, "ExclusiveStartTableName": "aaa"}"""),
        ("ListStreams", """{"TableName": "tab", "Limit": 1}"""),
        ("GetRecords", """{"ShardIterator": "eA", "Limit": 1}"""),
    ];

    private static readonly string[] Odd =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "\"\"", "\"x\"", "\"\\ud800\"", "[]", "[null]", "[[]]", "{}", "[{}]",
        """{"S": null}""", """{"x": null}""", """{"x": []}""", """{"x": {}}""", """{"N": "NaN"}""", """[{"S": "a"}]""",
        "123456789012345678901234567890",
    ];

    private static readonly string[] Expected = ["Invalid NextToken", "ConditionalCheckFailed", "TransactionCanceled"];

    [Test]
    public Task Every_request_is_answered_whatever_stands_in_it() =>
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Int[0, 1000], Gen.Int[0, Odd.Length - 1]).Array[1, 30].SampleAsync(
            async changes =>
            {
                await using var service = await OpenService.WithTableAsync();
                foreach (var (which, place, odd) in changes)
                {
                    var (operation, request) = Valid[which];
                    var changed = Replaced(request, place, Odd[odd]);
                    await RequireAnswerAsync(service, operation, changed);
                }
            },
            iter: 60,
            threads: 2);

    [Test]
    public async Task The_requests_that_are_changed_are_valid_themselves()
    {
        foreach (var (operation, request) in Valid.Where(pair => pair.Operation != "GetRecords"))
        {
            await using var service = await OpenService.WithTableAsync();
            var (status, body) = await service.SendAsync(operation, request);
            await Assert.That(status == 200 || Expected.Any(text => body.Contains(text, StringComparison.Ordinal)))
                .IsTrue().Because($"{operation}: {body}");
        }
    }

    private static async Task RequireAnswerAsync(OpenService service, string operation, string request)
    {
        try
        {
            var (status, body) = await service.SendAsync(operation, request);
            if (status is not (200 or 400) || (status == 400 && JsonNode.Parse(body)!["__type"] is null))
                throw new InvalidOperationException($"{status} {body}");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{operation} {request}", e);
        }
    }

    /// <summary>A request in which one value is another.</summary>
    private static string Replaced(string request, int place, string odd)
    {
        // A lone surrogate is no text of .NET, so that the other value is put in last.
        const string Mark = "\"@here@\"";
        var document = JsonNode.Parse(request)!;
        var places = Places(document).ToArray();
        places[place % places.Length].ReplaceWith(JsonNode.Parse(Mark)!);
        return document.ToJsonString().Replace(Mark, odd, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        var children = node switch
        {
            JsonObject members => members.Select(member => member.Value!),
            JsonArray elements => elements.Select(element => element!),
            _ => [],
        };
        return children.SelectMany(child => Places(child).Prepend(child));
    }
}
