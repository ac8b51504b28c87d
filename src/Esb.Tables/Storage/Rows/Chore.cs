using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Storage.Rows;

/// <summary>Work in the background that is done in parts, and goes on after a restart.</summary>
/// <param name="Number">The number of the table, index or order by expiry that is filled or removed.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="TableName">The name of the table.</param>
/// <param name="TableNumber">The number of the table; by now another one may have its name.</param>
/// <param name="Position">How far the work has come: a key of the table. One zero at the beginning.</param>
internal sealed record Chore(int Number, ChoreKind Kind, string TableName, int TableNumber, Bytes Position)
{
    /// <summary>Work that has not begun.</summary>
    public Chore(int number, ChoreKind kind, TableDefinition table)
        : this(number, kind, table.Name, table.Number, new Bytes(new byte[1]))
    {
    }
}
