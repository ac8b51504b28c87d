namespace Esb.Tables.Storage.Rows;

/// <summary>Where an item is stored.</summary>
/// <param name="Id">The id of the item's row; not used when the item is deleted.</param>
/// <param name="Place">The place of the item in the order of items.</param>
internal sealed record ItemPlace(long Id, byte[] Place);
