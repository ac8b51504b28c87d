using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>One page of a query or scan.</summary>
/// <param name="Items">The items that satisfy the filter.</param>
/// <param name="Scanned">The number of items that were looked at.</param>
/// <param name="LastKey">The key after which the next page goes on, or null if there is no more.</param>
/// <param name="TableBytes">The bytes that were read of the table.</param>
/// <param name="IndexBytes">The bytes that were read of the index.</param>
internal sealed record Page(
    IReadOnlyList<MapValue> Items, int Scanned, MapValue? LastKey, long TableBytes, long IndexBytes);
