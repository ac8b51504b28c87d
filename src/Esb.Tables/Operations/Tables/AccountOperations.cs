using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>
/// Returns the throughput limits of the account. They are AWS's default quotas and are not enforced here.
/// </summary>
internal sealed class DescribeLimits() : Operation("DescribeLimits", new StructureShape("DescribeLimitsInput"))
{
    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation) =>
        Task.FromResult(Answer.Of(json =>
        {
            json.WriteNumber("AccountMaxReadCapacityUnits", 80_000);
            json.WriteNumber("AccountMaxWriteCapacityUnits", 80_000);
            json.WriteNumber("TableMaxReadCapacityUnits", 40_000);
            json.WriteNumber("TableMaxWriteCapacityUnits", 40_000);
        }));
}

/// <summary>Returns AWS's address of the service. SDKs that ask for it keep using the address that they have.</summary>
internal sealed class DescribeEndpoints(TablesContext context)
    : Operation("DescribeEndpoints", new StructureShape("DescribeEndpointsRequest"))
{
    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation) =>
        Task.FromResult(Answer.Of(json =>
        {
            json.WriteStartArray("Endpoints");
            json.WriteStartObject();
            json.WriteString("Address", $"dynamodb.{context.Arns.Region}.amazonaws.com");
            json.WriteNumber("CachePeriodInMinutes", 1440);
            json.WriteEndObject();
            json.WriteEndArray();
        }));
}
