using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Tables;

/// <summary>Finds the table that a request names.</summary>
internal static class TableLookup
{
    /// <summary>Finds the table for an operation on items.</summary>
    /// <exception cref="TableException">There is no such table.</exception>
    public static TableDefinition RequireTable(this ReadSession session, string name) =>
        session.FindTable(name) ?? throw ResourceErrors.NotFound();

    /// <summary>Checks that no path leads into a key attribute, since key attributes are scalars.</summary>
    /// <exception cref="TableException">A path leads into a key attribute.</exception>
    public static void RequireScalarKeys(this TableDefinition table, IEnumerable<AttributePath>? paths)
    {
        if (paths?.ToArray() is not { Length: > 0 } all)
            return;
        KeyPaths.RequireScalars(all, NamesOf(table.Keys), isIndex: false);
        KeyPaths.RequireScalars(all, table.Indexes.SelectMany(index => NamesOf(index.Keys)), isIndex: true);
    }

    private static IEnumerable<string> NamesOf(KeySchema keys) => keys.Attributes.Select(key => key.Name);
}
