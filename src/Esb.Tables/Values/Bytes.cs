namespace Esb.Tables.Values;

/// <summary>Immutable bytes that are compared by content, as unsigned values.</summary>
/// <param name="memory">The bytes, which must no longer change.</param>
public readonly struct Bytes(ReadOnlyMemory<byte> memory) : IEquatable<Bytes>, IComparable<Bytes>
{
    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => memory.Span;

    /// <summary>The number of bytes.</summary>
    public int Length => memory.Length;

    /// <summary>Whether both have the same content.</summary>
    public static bool operator ==(Bytes left, Bytes right) => left.Equals(right);

    /// <summary>Whether the contents differ.</summary>
    public static bool operator !=(Bytes left, Bytes right) => !left.Equals(right);

    /// <summary>Whether one comes before the other.</summary>
    public static bool operator <(Bytes left, Bytes right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after the other.</summary>
    public static bool operator >(Bytes left, Bytes right) => left.CompareTo(right) > 0;

    /// <summary>Whether one comes before the other or is equal.</summary>
    public static bool operator <=(Bytes left, Bytes right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one comes after the other or is equal.</summary>
    public static bool operator >=(Bytes left, Bytes right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public bool Equals(Bytes other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Bytes other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public int CompareTo(Bytes other) => Span.SequenceCompareTo(other.Span);
}
