using Esb.Tables.Values;

namespace Esb.Tables.Catalog;

/// <summary>The key attributes of a table or an index.</summary>
/// <param name="Hash">The name of the partition key.</param>
/// <param name="HashType">The type of the partition key: S, N or B.</param>
/// <param name="Range">The name of the sort key, if there is one.</param>
/// <param name="RangeType">The type of the sort key.</param>
public sealed record KeySchema(string Hash, AttributeType HashType, string? Range, AttributeType? RangeType)
{
    /// <summary>How many partition key attributes, and how many sort key attributes, a global index can have.</summary>
    public const int MostOfAKind = 4;

    /// <summary>The attributes after <see cref="Hash"/> in the partition key of a global index, or null.</summary>
    public IReadOnlyList<AttributeDefinition>? MoreHashes { get; init; }

    /// <summary>The attributes after <see cref="Range"/> in the sort key of a global index, or null.</summary>
    public IReadOnlyList<AttributeDefinition>? MoreRanges { get; init; }

    /// <summary>Whether the partition key or the sort key consists of several attributes.</summary>
    public bool IsMultiple => MoreHashes is not null || MoreRanges is not null;

    /// <summary>The attributes of the partition key.</summary>
    public IEnumerable<AttributeDefinition> Hashes => [new(Hash, HashType), .. MoreHashes ?? []];

    /// <summary>The attributes of the sort key.</summary>
    public IEnumerable<AttributeDefinition> Ranges =>
        Range is null ? [] : [new(Range, RangeType!.Value), .. MoreRanges ?? []];

    /// <summary>All key attributes in the order of the key.</summary>
    public IEnumerable<AttributeDefinition> Attributes => Hashes.Concat(Ranges);

    /// <summary>Whether an attribute is part of the key.</summary>
    public bool Has(string attribute) => attribute == Hash || attribute == Range
        || (IsMultiple && Attributes.Any(key => key.Name == attribute));

    /// <summary>Creates a key from its parts.</summary>
    /// <param name="hashes">The attributes of the partition key, at least one.</param>
    /// <param name="ranges">The attributes of the sort key; empty if there is none.</param>
    public static KeySchema Of(IReadOnlyList<AttributeDefinition> hashes, IReadOnlyList<AttributeDefinition> ranges) =>
        new(
            hashes[0].Name,
            hashes[0].Type,
            ranges.Count == 0 ? null : ranges[0].Name,
            ranges.Count == 0 ? null : ranges[0].Type)
        {
            MoreHashes = hashes.Count > 1 ? [.. hashes.Skip(1)] : null,
            MoreRanges = ranges.Count > 1 ? [.. ranges.Skip(1)] : null,
        };
}
