namespace Esb.Tables.Tests.Operations;

/// <summary>Scans, whole and in segments.</summary>
public sealed class ScanTests
{
    private const string Table = """ "TableName": "tab" """;

    [Test]
    public async Task A_scan_filters_and_projects()
    {
        await using var service = await OpenService.WithTableAsync();
        for (var i = 0; i < 4; i++)
            await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"}, "v": {"N": "{{{i * i}}}"} }""");
        var found = await service.CallAsync("Scan", Table, """
            "FilterExpression": "v IN (:one, :nine) AND NOT r = :one", "ProjectionExpression": "v",
            "ExpressionAttributeValues": {":one": {"N": "1"}, ":nine": {"N": "9"}}
            """);
        await SameJson.IsAsync(found, """{"Items": [{"v": {"N": "9"}}], "Count": 1, "ScannedCount": 4}""");
    }

    [Test]
    public async Task The_filter_of_the_earlier_API_scans_as_an_expression_does()
    {
        await using var service = await OpenService.WithTableAsync();
        for (var i = 0; i < 4; i++)
            await service.PutAsync($$$"""{"h": {"S": "a"}, "r": {"N": "{{{i}}}"}, "v": {"S": "v{{{i}}}"} }""");
        var found = await service.CallAsync("Scan", Table, """
            "ConditionalOperator": "OR",
            "ScanFilter": {"v": {"ComparisonOperator": "CONTAINS", "AttributeValueList": [{"S": "3"}]},
              "r": {"ComparisonOperator": "LT", "AttributeValueList": [{"N": "1"}]}}
            """);
        await Assert.That(OpenService.Join(found["Items"])).IsEqualTo("0,3");
    }

    [Test]
    public async Task An_empty_table_costs_nothing()
    {
        await using var service = await OpenService.WithTableAsync();
        var found = await service.CallAsync("Scan", Table, """ "ReturnConsumedCapacity": "TOTAL" """);
        await SameJson.IsAsync(found, """
            {"Items": [], "Count": 0, "ScannedCount": 0, "ConsumedCapacity": {"TableName": "tab", "CapacityUnits": 0.0}}
            """);
    }

    [Test]
    public async Task A_key_of_another_segment_is_refused()
    {
        await using var service = await OpenService.WithTableAsync();
        var refused = 0;
        for (var segment = 0; segment < 2; segment++)
        {
            var (status, body) = await service.SendAsync(
                "Scan", Table, $""" "Segment": {segment}, "TotalSegments": 2 """,
                """ "ExclusiveStartKey": {"h": {"S": "a"}, "r": {"N": "1"}} """);
            if (status == 400 && body.Contains(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
                + $"correct Segment. TotalSegments: 2 Segment: {segment}", StringComparison.Ordinal))
                refused++;
        }

        await Assert.That(refused).IsEqualTo(1);
    }

    [Test]
    [Arguments(
        """ "Segment": 0 """,
        "The TotalSegments parameter is required but was not present in the request when Segment parameter is present")]
    [Arguments(
        """ "TotalSegments": 2 """,
        "The Segment parameter is required but was not present in the request when parameter TotalSegments is present")]
    [Arguments(
        """ "Segment": 2, "TotalSegments": 2 """,
        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: 2 is not less "
        + "than TotalSegments: 2")]
    [Arguments(
        """ "Limit": 0 """,
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value "
        + "greater than or equal to 1")]
    [Arguments(
        """ "Select": "SPECIFIC_ATTRIBUTES" """,
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")]
    [Arguments(
        """ "Select": "COUNT", "ProjectionExpression": "v" """,
        "Cannot specify the ProjectionExpression when choosing to get only the Count")]
    public async Task A_scan_that_cannot_be_is_refused(string request, string message)
    {
        await using var service = await OpenService.WithTableAsync();
        await Assert.That(await service.ErrorAsync("Scan", Table, request))
            .IsEqualTo("ValidationException: " + message);
    }
}
