namespace Esb.Tables.Values;

/// <summary>A list of values of any type.</summary>
/// <param name="Elements">The elements in order.</param>
public sealed record ListValue(IReadOnlyList<AttributeValue> Elements) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.L;

    /// <inheritdoc />
    public bool Equals(ListValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc />
    public override int GetHashCode() =>
        Elements.Aggregate(Elements.Count, (hash, element) => HashCode.Combine(hash, element));
}

/// <summary>A map from names to values of any type; an item is such a map.</summary>
/// <param name="Members">The members by name.</param>
public sealed record MapValue(IReadOnlyDictionary<string, AttributeValue> Members) : AttributeValue
{
    /// <summary>A map without members.</summary>
    public static MapValue Empty { get; } = new(new Dictionary<string, AttributeValue>());

    /// <inheritdoc />
    public override AttributeType Type => AttributeType.M;

    /// <inheritdoc />
    public bool Equals(MapValue? other) =>
        other is not null
        && Members.Count == other.Members.Count
        && Members.All(m => other.Members.TryGetValue(m.Key, out var value) && m.Value.Equals(value));

    /// <inheritdoc />
    public override int GetHashCode() =>
        Members.Aggregate(Members.Count, (hash, m) => hash ^ HashCode.Combine(m.Key, m.Value));
}
