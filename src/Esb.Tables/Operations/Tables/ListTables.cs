using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>Lists the names of tables.</summary>
internal sealed class ListTables(TablesContext context) : Operation("ListTables", Request)
{
    private const int Most = 100;

    private static readonly StructureShape Request = new(
        "ListTablesInput",
        ("Limit", new WholeShape("Integer") { Least = 1, Most = Most }),
        ("ExclusiveStartTableName", Members.Index(isRequired: false)));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var limit = (int)(input.Whole("Limit") ?? Most);
        var names = context.Database.Read(
            session => session.TableNames(input.Text("ExclusiveStartTableName"), limit + 1));
        return Task.FromResult(Answer.Of(json =>
        {
            json.WriteStartArray("TableNames");
            foreach (var name in names.Take(limit))
                json.WriteStringValue(name);
            json.WriteEndArray();
            if (names.Count > limit)
                json.WriteString("LastEvaluatedTableName", names[limit - 1]);
        }));
    }
}
