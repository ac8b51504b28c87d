using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>Describes a table.</summary>
internal sealed class DescribeTable(TablesContext context) : TableOperation("DescribeTable", Request)
{
    private static readonly StructureShape Request = new("DescribeTableInput", TableShapes.TableName);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation) =>
        Task.FromResult(context.Database.Read(session =>
        {
            var table = Find(session, input);
            return Answer.Of(json => TableDescription.WriteMember(
                json, "Table", table, TableStatistics.Of(session, table), context.Arns));
        }));
}
