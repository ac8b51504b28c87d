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
        foreach (var root in (paths ?? []).Where(path => path.Steps.Count > 0).Select(path => path.Root))
        {
            if (table.Keys.Has(root))
                throw NotScalar("Key", root);
            if (table.Indexes.Any(index => index.Keys.Has(root)))
                throw NotScalar("IndexKey", root);
        }
    }

    private static TableException NotScalar(string kind, string attribute) => TableException.Validation(
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
        + $"{kind}: {attribute}");
}
