using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>Deletes a table with all its items.</summary>
internal sealed class DeleteTable(TablesContext context) : TableOperation("DeleteTable", Request)
{
    private static readonly StructureShape Request = new("DeleteTableInput", TableShapes.TableName);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var table = await context.Database.WriteAsync(
            session =>
            {
                var found = Find(session, input);
                if (found.IsProtected)
                {
                    throw TableException.Validation(
                        "Resource cannot be deleted as it is currently protected against deletion. "
                        + "Disable deletion protection first.");
                }

                session.DeleteTable(found);
                return found;
            },
            cancellation);
        return Answer.Of(json => TableDescription.WriteMember(
            json, "TableDescription", table with { GlobalIndexes = [] }, counts: null, context.Arns, "DELETING"));
    }
}
