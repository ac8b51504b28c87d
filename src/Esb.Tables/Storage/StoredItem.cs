using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>An item of a table or an index.</summary>
/// <param name="Item">All attributes, also in an index that contains some only.</param>
/// <param name="Size">The bytes of the whole item, as DynamoDB counts them.</param>
/// <param name="Position">Its place in the order of what was read.</param>
public sealed record StoredItem(MapValue Item, int Size, Bytes Position);
