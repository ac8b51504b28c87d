using Esb.Tables.Values;

namespace Esb.Tables.Catalog;

/// <summary>The key attributes of a table or an index.</summary>
/// <param name="Hash">The name of the partition key.</param>
/// <param name="HashType">The type of the partition key: S, N or B.</param>
/// <param name="Range">The name of the sort key, if there is one.</param>
/// <param name="RangeType">The type of the sort key.</param>
public sealed record KeySchema(string Hash, AttributeType HashType, string? Range, AttributeType? RangeType)
{
    /// <summary>Whether an attribute is part of the key.</summary>
    public bool Has(string attribute) => attribute == Hash || attribute == Range;
}
