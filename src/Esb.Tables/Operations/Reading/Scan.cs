using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Legacy;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Reading;

/// <summary>Reads all items of a table or index, or one of its segments.</summary>
internal sealed class Scan(TablesContext context) : Operation("Scan", Request)
{
    private const int MostSegments = 1_000_000;

    private static readonly StructureShape Request = new(
        "ScanInput",
        Members.Select,
        Members.IndexName,
        ("TotalSegments", new WholeShape("Integer") { Least = 1, Most = MostSegments }),
        Members.ReturnConsumedCapacity,
        Members.TableName,
        Members.ConditionalOperator,
        Members.Conditions("ScanFilter"),
        ("Segment", new WholeShape("Integer") { Least = 0, Most = MostSegments - 1 }),
        Members.Limit,
        Members.AttributesToGet,
        Members.ExclusiveStartKey,
        Members.ConsistentRead,
        Members.FilterExpression,
        Members.ProjectionExpression,
        Members.ExpressionAttributeValues,
        Members.ExpressionAttributeNames);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        ExpressionStyles.Require(
            input.Json,
            ["ProjectionExpression", "FilterExpression"],
            ["AttributesToGet", "ScanFilter", "ConditionalOperator"]);
        var earlier = EarlierParameters.Read(input, "ScanFilter", filterIsFirst: false);
        var segment = Segment(input);
        var parameters = ReadParameters.Read(input, earlier, ExpressionInput.Names(input));
        return Task.FromResult(context.Database.Read(session =>
        {
            var target = ReadTarget.Find(session, parameters);
            StartKey.RequireCount(target, parameters.StartKey, isQuery: false);
            if (target.Index is not null)
                StartKey.RequireAttributes(parameters.StartKey, target.Keys.Attributes);
            target.RequireProjected(parameters);
            var after = StartKey.Position(target, parameters.StartKey);
            if (after is { } position && !segment.Contains(position))
            {
                throw TableException.Validation(
                    "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
                    + $"ExclusiveStartKey with correct Segment. TotalSegments: {input.Whole("TotalSegments")} "
                    + $"Segment: {input.Whole("Segment")}");
            }

            target.Table.RequireScalarKeys(parameters.Projection?.Paths);
            target.Table.RequireScalarKeys(parameters.Filter?.Paths);
            var page = PageReader.Read(session, target, parameters, segment, forward: true, after);
            return PageAnswer.Of(input, parameters, target, page);
        }));
    }

    private static KeyRange Segment(Input input)
    {
        var (segment, total) = (input.Whole("Segment"), input.Whole("TotalSegments"));
        if (segment is not null && total is null)
        {
            throw TableException.Validation(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is "
                + "present");
        }

        if (segment is null && total is not null)
        {
            throw TableException.Validation(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is "
                + "present");
        }

        if (segment is null || total is null)
            return KeyRange.All;
        if (segment >= total)
        {
            throw TableException.Validation(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
                + $"Segment: {segment} is not less than TotalSegments: {total}");
        }

        return KeyRange.OfSegment((int)segment, (int)total);
    }
}
