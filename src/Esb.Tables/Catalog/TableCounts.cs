namespace Esb.Tables.Catalog;

/// <summary>How much a table or an index contains.</summary>
/// <param name="Items">The number of items.</param>
/// <param name="Bytes">Their size, as DynamoDB counts it.</param>
public readonly record struct TableCounts(long Items, long Bytes);
