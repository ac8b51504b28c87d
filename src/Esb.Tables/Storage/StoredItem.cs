using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>An item of a table or an index.</summary>
/// <param name="Item">
/// All attributes of the item, even if it was read from an index that contains only some of them.
/// </param>
/// <param name="Size">The bytes of the whole item, as DynamoDB counts them.</param>
/// <param name="Position">The place of the item in the order of what was read.</param>
public sealed record StoredItem(MapValue Item, int Size, Bytes Position);
