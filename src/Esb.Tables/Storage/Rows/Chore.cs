using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>Background work that is done in parts and continues after a restart.</summary>
/// <param name="Number">The number of the table, index or list of expiries that is filled or removed.</param>
/// <param name="Kind">The kind of work.</param>
/// <param name="TableName">The name of the table.</param>
/// <param name="TableNumber">The number of the table, since another table may have taken its name by now.</param>
/// <param name="Position">The key of the table up to which the work is done; one zero byte at the beginning.</param>
internal sealed record Chore(int Number, ChoreKind Kind, string TableName, int TableNumber, Bytes Position)
{
    /// <summary>Creates work that has not begun.</summary>
    public Chore(int number, ChoreKind kind, TableDefinition table)
        : this(number, kind, table.Name, table.Number, new Bytes(new byte[1]))
    {
    }
}
