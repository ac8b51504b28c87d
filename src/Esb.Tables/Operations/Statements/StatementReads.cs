using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Operations.Reading;
using Esb.Tables.Operations.Tables;
using Esb.Tables.PartiQl;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>Runs SELECT: as a query if the WHERE clause contains the partition key, and otherwise as a scan.</summary>
internal static class StatementReads
{
    /// <summary>Reads one page.</summary>
    /// <param name="session">The snapshot to read from.</param>
    /// <param name="select">The statement.</param>
    /// <param name="place">Where to continue, or null for the beginning.</param>
    /// <param name="limit">The maximum number of items to examine.</param>
    /// <param name="isConsistent">Whether the read is strongly consistent.</param>
    /// <exception cref="TableException">The statement is not valid for the table.</exception>
    public static StatementPage Page(
        ReadSession session, SelectStatement select, StatementPlace? place, int limit, bool isConsistent)
    {
        var parameters = new ReadParameters(
            select.Table,
            select.Index,
            Select: null,
            select.Projection,
            select.Where,
            "WHERE",
            place?.Key,
            limit,
            isConsistent);
        var table = session.RequireTable(select.Table);
        if (select.Index is not null && table.FindIndex(select.Index) is null)
            throw TableException.Validation("The table does not have the specified index");
        RequireSimpleKeys(table, select);
        var target = ReadTarget.Find(session, parameters);
        target.RequireProjected(parameters);
        var ranges = Ranges(select, target);
        var forward = select.Order is not { IsDescending: true };
        if (place is not null && place.Range >= ranges.Count)
            throw StatementPlace.Invalid();
        var items = new List<MapValue>();
        var number = place?.Range ?? 0;
        var after = StartKey.Position(target, place?.Key);
        long pageBytes = 0, tableBytes = 0, indexBytes = 0;
        var scanned = 0;
        while (true)
        {
            var page = PageReader.Read(
                session,
                target,
                parameters with { Limit = limit - scanned },
                ranges[number],
                forward,
                after,
                PageReader.MostBytes - pageBytes);
            pageBytes += page.PageBytes;
            items.AddRange(page.Items);
            scanned += page.Scanned;
            tableBytes += page.TableBytes;
            indexBytes += page.IndexBytes;
            if (page.LastKey is not null)
            {
                return new StatementPage(
                    target, items, new StatementPlace(number, page.LastKey, Request: ""), tableBytes, indexBytes);
            }

            number++;
            after = null;
            if (number == ranges.Count)
                return new StatementPage(target, items, null, tableBytes, indexBytes);
        }
    }

    /// <summary>Statements cannot read an index whose partition or sort key consists of several attributes.</summary>
    /// <exception cref="TableException">The statement reads such an index.</exception>
    public static void RequireSimpleKeys(TableDefinition table, SelectStatement select)
    {
        if (select.Index is { } index && table.FindIndex(index) is { Keys.IsMultiple: true })
            throw StatementErrors.SeveralKeyAttributes();
    }

    private static IReadOnlyList<KeyRange> Ranges(SelectStatement select, ReadTarget target) =>
        select.KeysFor(target.Keys) is { } conditions ? [.. conditions.Select(KeyRange.Of)] : [KeyRange.All];
}

/// <summary>The result of one call of SELECT.</summary>
/// <param name="Target">The table or index.</param>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next call continues, or null if nothing is left.</param>
/// <param name="TableBytes">The number of bytes that were read from the table.</param>
/// <param name="IndexBytes">The number of bytes that were read from the index.</param>
internal sealed record StatementPage(
    ReadTarget Target, IReadOnlyList<MapValue> Items, StatementPlace? Next, long TableBytes, long IndexBytes);
