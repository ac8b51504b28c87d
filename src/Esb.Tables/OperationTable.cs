using System.Collections.Frozen;
using Esb.Tables.Operations;
using Esb.Tables.Operations.Batches;
using Esb.Tables.Operations.Items;
using Esb.Tables.Operations.Policies;
using Esb.Tables.Operations.Reading;
using Esb.Tables.Operations.Statements;
using Esb.Tables.Operations.Streams;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Operations.Transactions;
using Esb.Tables.Protocol;

namespace Esb.Tables;

/// <summary>The operations of the table API and the stream API, by name.</summary>
internal sealed class OperationTable(TablesContext context)
{
    private readonly FrozenDictionary<string, Operation> _tables = new Operation[]
    {
        new CreateTable(context),
        new DescribeTable(context),
        new UpdateTable(context),
        new DeleteTable(context),
        new ListTables(context),
        new UpdateTimeToLive(context),
        new DescribeTimeToLive(context),
        new TagResource(context),
        new UntagResource(context),
        new ListTagsOfResource(context),
        new PutResourcePolicy(context),
        new GetResourcePolicy(context),
        new DeleteResourcePolicy(context),
        new DescribeLimits(),
        new DescribeEndpoints(context),
        new DescribeContinuousBackups(context),
        new UpdateContinuousBackups(context),
        new GetItem(context),
        new PutItem(context),
        new UpdateItem(context),
        new DeleteItem(context),
        new Query(context),
        new Scan(context),
        new BatchGetItem(context),
        new BatchWriteItem(context),
        new TransactGetItems(context),
        new TransactWriteItems(context),
        new ExecuteStatement(context),
        new BatchExecuteStatement(context),
        new ExecuteTransaction(context),
    }.ToFrozenDictionary(operation => operation.Name);

    private readonly FrozenDictionary<string, Operation> _streams = new Operation[]
    {
        new ListStreams(context),
        new DescribeStream(context),
        new GetShardIterator(context),
        new GetRecords(context),
    }.ToFrozenDictionary(operation => operation.Name);

    /// <summary>Finds an operation on tables and items; null if there is none with that name.</summary>
    public Operation? Table(string name) => _tables.GetValueOrDefault(name);

    /// <summary>Finds an operation on streams; null if there is none with that name.</summary>
    public Operation? Stream(string name) => _streams.GetValueOrDefault(name);
}
