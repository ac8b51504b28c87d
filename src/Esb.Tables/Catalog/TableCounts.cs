namespace Esb.Tables.Catalog;

/// <summary>How much a table or an index contains.</summary>
/// <param name="Items">The number of items.</param>
/// <param name="Bytes">The size of the items, as DynamoDB counts it.</param>
public readonly record struct TableCounts(long Items, long Bytes);
