using Esb.Tables.Catalog;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Tables;

/// <summary>How much a table and its indexes contain.</summary>
/// <param name="Table">What the table contains.</param>
/// <param name="Indexes">What its indexes contain, by name.</param>
internal sealed record TableStatistics(TableCounts Table, IReadOnlyDictionary<string, TableCounts> Indexes)
{
    public static TableStatistics Of(ReadSession session, TableDefinition table) => new(
        session.Counts(table),
        table.Indexes.ToDictionary(index => index.Name, session.Counts, StringComparer.Ordinal));
}
