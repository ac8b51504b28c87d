using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>
/// Reads pages. A page ends at the limit of the request or at 1 MB, whichever comes first, even if no items are left.
/// </summary>
internal static class PageReader
{
    /// <summary>The size at which a page ends.</summary>
    public const long MostBytes = 1024 * 1024;

    /// <summary>Reads a page.</summary>
    /// <param name="session">The snapshot to read from.</param>
    /// <param name="target">The table or index.</param>
    /// <param name="parameters">The parameters of the request.</param>
    /// <param name="range">The keys to read.</param>
    /// <param name="forward">Whether the order is ascending.</param>
    /// <param name="after">The position after which to start, or null for the beginning.</param>
    /// <param name="mostBytes">The size at which the page ends, if other ranges have filled a part of it.</param>
    public static Page Read(
        ReadSession session,
        ReadTarget target,
        ReadParameters parameters,
        KeyRange range,
        bool forward,
        Bytes? after,
        long mostBytes = MostBytes)
    {
        var items = new List<MapValue>();
        var fetches = target.FetchesFromTable(parameters);
        MapValue? last = null;
        var scanned = 0;
        long pageBytes = 0, tableBytes = 0, indexBytes = 0;
        foreach (var stored in session.Range(target.Table, target.Index, range, forward, after))
        {
            var projected = target.Projected(stored.Item);
            var size = ReferenceEquals(projected, stored.Item) ? stored.Size : ItemSize.Of(projected);
            pageBytes += PageSize.Of(projected, target.Table.Keys.Range);
            if (target.Index is not null)
                indexBytes += size;
            if (target.Index is null || fetches)
                tableBytes += stored.Size;
            scanned++;
            var item = fetches ? stored.Item : projected;
            if (parameters.Filter?.IsTrue(item) != false)
                items.Add(item);
            if (scanned >= parameters.Limit || pageBytes >= mostBytes)
            {
                last = stored.Item;
                break;
            }
        }

        return new Page(
            items, scanned, last is null ? null : target.StartKeyOf(last), pageBytes, tableBytes, indexBytes);
    }
}
