namespace Esb.Tables.Catalog;

/// <summary>The attribute that holds the expiry time of an item, in seconds since 1970.</summary>
/// <param name="Attribute">The name of the attribute.</param>
/// <param name="Number">The number, in the storage, of the list of items in order of expiry.</param>
/// <param name="IsBackfilling">
/// Whether items that are older than the setting are still being added to that list.
/// </param>
public sealed record TimeToLive(string Attribute, int Number, bool IsBackfilling);
