namespace Esb.Tables.Catalog;

/// <summary>The attribute that says when an item expires, in seconds since 1970.</summary>
/// <param name="Attribute">The name of the attribute.</param>
/// <param name="Number">The number of the order by expiry in the storage.</param>
/// <param name="IsBackfilling">Whether items from before it was enabled are still being looked at.</param>
public sealed record TimeToLive(string Attribute, int Number, bool IsBackfilling);
