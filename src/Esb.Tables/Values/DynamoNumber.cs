namespace Esb.Tables.Values;

/// <summary>A number of at most 38 significant digits.</summary>
public readonly struct DynamoNumber : IEquatable<DynamoNumber>
{
    /// <inheritdoc />
    public bool Equals(DynamoNumber other) => throw new NotImplementedException();

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is DynamoNumber other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => throw new NotImplementedException();
}
