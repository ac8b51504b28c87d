using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Keys;
using Esb.Tables.Legacy;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>Reads items with the same partition key, in the order of their sort keys.</summary>
internal sealed class Query(TablesContext context) : Operation("Query", Request)
{
    private static readonly StructureShape Request = new(
        "QueryInput",
        Members.Select,
        Members.IndexName,
        Members.ReturnConsumedCapacity,
        Members.Conditions("QueryFilter"),
        Members.TableName,
        Members.ConditionalOperator,
        Members.AttributesToGet,
        Members.Limit,
        Members.Conditions("KeyConditions"),
        Members.ExclusiveStartKey,
        Members.ConsistentRead,
        ("ScanIndexForward", Members.Flag),
        ("KeyConditionExpression", Members.Text),
        Members.FilterExpression,
        Members.ProjectionExpression,
        Members.ExpressionAttributeValues,
        Members.ExpressionAttributeNames);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        ExpressionStyles.Require(
            input.Json,
            ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
            ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"]);
        var earlier = EarlierParameters.Read(input, "QueryFilter", filterIsFirst: true);
        if (!input.Has("KeyConditions") && !input.Has("KeyConditionExpression"))
        {
            throw TableException.Validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        }

        var names = ExpressionInput.Names(input);
        var keyExpression = input.Text("KeyConditionExpression") is { } text
            ? KeyConditionParser.Parse(text, names)
            : null;
        var parameters = WithPrefix(() => ReadParameters.Read(input, earlier, names));
        keyExpression ??= KeyConditions.Read(input.Member("KeyConditions")!.Value);
        keyExpression.RequireComparisons();
        return Task.FromResult(context.Database.Read(session =>
        {
            var target = ReadTarget.Find(session, parameters);
            StartKey.RequireCount(target, parameters.StartKey, isQuery: true);
            StartKey.RequireAttributes(parameters.StartKey, target.Keys.Hashes);
            var condition = keyExpression.For(target.Keys);
            StartKey.RequireAttributes(parameters.StartKey, target.Keys.Ranges);
            var range = KeyRange.Of(condition);
            var after = StartKey.Position(target, parameters.StartKey);
            RequireInside(target, condition, range, parameters.StartKey, after);
            target.Table.RequireScalarKeys(parameters.Projection?.Paths);
            parameters.Filter?.RequireNoKeys(target.Keys, parameters.FilterName);
            target.RequireProjected(parameters);
            target.Table.RequireScalarKeys(parameters.Filter?.Paths);
            var page = PageReader.Read(
                session, target, parameters, range, input.OptionalFlag("ScanIndexForward") ?? true, after);
            return PageAnswer.Of(input, parameters, target, page);
        }));
    }

    /// <summary>Adds a prefix to errors about Select, which queries have and scans do not.</summary>
    private static ReadParameters WithPrefix(Func<ReadParameters> read)
    {
        try
        {
            return read();
        }
        catch (SelectException e)
        {
            throw TableException.Validation("1 validation error detected: " + e.Message);
        }
    }

    private static void RequireInside(
        ReadTarget target, KeyCondition condition, KeyRange range, MapValue? startKey, Bytes? after)
    {
        if (startKey is null || after is null)
            return;
        AttributeValue[] partition = [.. target.Keys.Hashes.Select(key => startKey.Members[key.Name])];
        if (condition.Sort is null && !partition.SequenceEqual([condition.Hash, .. condition.MoreHashes]))
        {
            throw TableException.Validation(
                "The provided starting key is outside query boundaries based on provided conditions");
        }

        if (condition.Sort is null)
            return;
        var there = condition with { Hash = partition[0], MoreHashes = partition[1..] };
        if (!KeyRange.Of(there).Contains(after.Value))
            throw TableException.Validation("The provided starting key does not match the range key predicate");
        if (!range.Contains(after.Value))
            throw TableException.Validation("The query can return at most one row and cannot be restarted");
    }
}
