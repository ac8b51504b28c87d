using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Tables;

/// <summary>An operation on a table itself. AWS checks the table's name before everything else.</summary>
internal abstract class TableOperation(string name, StructureShape shape) : Operation(name, shape)
{
    public override void CheckFirst(Input input)
    {
        if (input.Text("TableName") is not { } table)
        {
            throw TableException.Validation(
                "The parameter 'TableName' is required but was not present in the request");
        }

        if (!TableNameShape.IsArn(table) && table.Length is < 3 or > 255)
        {
            throw TableException.Validation(
                "TableName must be at least 3 characters long and at most 255 characters long");
        }
    }

    /// <summary>The table that the request names.</summary>
    /// <exception cref="TableException">There is no such table.</exception>
    protected static TableDefinition Find(ReadSession session, Input input) =>
        session.FindTable(input.TableName) ?? throw ResourceErrors.TableNotFound(input.TableName);
}
