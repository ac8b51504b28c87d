using Esb.Tables.Values;

namespace Esb.Tables.Catalog;

/// <summary>The attributes of an item that an index contains.</summary>
/// <param name="Type">Which attributes the index contains.</param>
/// <param name="NonKeyAttributes">
/// The attributes named for <see cref="ProjectionType.Include"/>; empty for the other types.
/// </param>
public sealed record IndexProjection(ProjectionType Type, IReadOnlyList<string> NonKeyAttributes)
{
    /// <summary>All attributes.</summary>
    public static IndexProjection All { get; } = new(ProjectionType.All, []);

    /// <summary>The part of an item that the index contains.</summary>
    /// <param name="item">The whole item.</param>
    /// <param name="table">The keys of the table.</param>
    /// <param name="index">The keys of the index.</param>
    public MapValue Apply(MapValue item, KeySchema table, KeySchema index) =>
        Type == ProjectionType.All
            ? item
            : new MapValue(item.Members.Where(m => Contains(m.Key, table, index)).ToDictionary());

    /// <summary>Whether the index contains an attribute.</summary>
    public bool Contains(string attribute, KeySchema table, KeySchema index) =>
        Type == ProjectionType.All
        || table.Has(attribute)
        || index.Has(attribute)
        || NonKeyAttributes.Contains(attribute);
}
