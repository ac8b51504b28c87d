using System.Diagnostics.CodeAnalysis;

namespace Esb.Tables.Values;

/// <summary>A number of at most 38 significant digits.</summary>
public readonly struct DynamoNumber : IEquatable<DynamoNumber>, IComparable<DynamoNumber>
{
    /// <summary>Reads a number as clients write it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    /// <param name="problem">The message for the client, if it is not a number.</param>
    public static bool TryParse(string text, out DynamoNumber number, [NotNullWhen(false)] out string? problem) =>
        throw new NotImplementedException();

    /// <summary>The sum.</summary>
    /// <exception cref="Errors.TableException">It cannot be represented.</exception>
    public static DynamoNumber operator +(DynamoNumber left, DynamoNumber right) => throw new NotImplementedException();

    /// <summary>The difference.</summary>
    /// <exception cref="Errors.TableException">It cannot be represented.</exception>
    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) => throw new NotImplementedException();

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => throw new NotImplementedException();

    /// <summary>The power of ten of the first digit: the number is ±D.DDD × 10^Magnitude. 0 for zero.</summary>
    public int Magnitude => throw new NotImplementedException();

    /// <summary>The significant digits, without leading and trailing zeros; empty for zero.</summary>
    public string Digits => throw new NotImplementedException();

    /// <inheritdoc />
    public bool Equals(DynamoNumber other) => throw new NotImplementedException();

    /// <inheritdoc />
    public int CompareTo(DynamoNumber other) => throw new NotImplementedException();

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is DynamoNumber other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => throw new NotImplementedException();

    /// <summary>The number as DynamoDB returns it: plain, without an exponent and superfluous zeros.</summary>
    public override string ToString() => throw new NotImplementedException();
}
