using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage.Files;

/// <summary>How much a file of tables holds.</summary>
/// <param name="Tables">The number of tables.</param>
/// <param name="Items">The number of items in all tables.</param>
public readonly record struct StoredContents(long Tables, long Items)
{
    internal static StoredContents Of(SqlConnection connection) => new(
        connection.Number("SELECT count(*) FROM tables"), connection.Number("SELECT count(*) FROM items"));
}
