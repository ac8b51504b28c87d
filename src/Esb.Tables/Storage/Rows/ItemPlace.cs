namespace Esb.Tables.Storage.Rows;

/// <summary>Where an item is stored.</summary>
/// <param name="Id">Its row; of no importance when it is deleted.</param>
/// <param name="Place">Its place in the order of items.</param>
internal sealed record ItemPlace(long Id, byte[] Place);
