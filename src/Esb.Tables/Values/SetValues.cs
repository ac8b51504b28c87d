namespace Esb.Tables.Values;

/// <summary>A set of strings, never empty. It equals any set with the same members, whatever their order.</summary>
/// <param name="Members">The members without duplicates, in the order in which they were given.</param>
public sealed record StringSetValue(IReadOnlyList<string> Members) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.SS;

    /// <inheritdoc />
    public bool Equals(StringSetValue? other) => other is not null && SetEquality.Same(Members, other.Members);

    /// <inheritdoc />
    public override int GetHashCode() => SetEquality.Hash(Members);
}

/// <summary>A set of numbers, never empty. It equals any set with the same members, whatever their order.</summary>
/// <param name="Members">The members without duplicates, in the order in which they were given.</param>
public sealed record NumberSetValue(IReadOnlyList<DynamoNumber> Members) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.NS;

    /// <inheritdoc />
    public bool Equals(NumberSetValue? other) => other is not null && SetEquality.Same(Members, other.Members);

    /// <inheritdoc />
    public override int GetHashCode() => SetEquality.Hash(Members);
}

/// <summary>
/// A set of binary values, never empty. It equals any set with the same members, whatever their order.
/// </summary>
/// <param name="Members">The members without duplicates, in the order in which they were given.</param>
public sealed record BinarySetValue(IReadOnlyList<Bytes> Members) : AttributeValue
{
    /// <inheritdoc />
    public override AttributeType Type => AttributeType.BS;

    /// <inheritdoc />
    public bool Equals(BinarySetValue? other) => other is not null && SetEquality.Same(Members, other.Members);

    /// <inheritdoc />
    public override int GetHashCode() => SetEquality.Hash(Members);
}
