using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>One page of a query or scan.</summary>
/// <param name="Items">The items that satisfy the filter.</param>
/// <param name="Scanned">The number of items that were examined.</param>
/// <param name="LastKey">The key after which the next page starts, or null if this is the last page.</param>
/// <param name="PageBytes">How much of a page's 1 MB the examined items take.</param>
/// <param name="TableBytes">The number of bytes that were read from the table.</param>
/// <param name="IndexBytes">The number of bytes that were read from the index.</param>
internal sealed record Page(
    IReadOnlyList<MapValue> Items,
    int Scanned,
    MapValue? LastKey,
    long PageBytes,
    long TableBytes,
    long IndexBytes);
