using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using Esb.Tables.Errors;

namespace Esb.Tables.Values;

/// <summary>
/// A number of at most 38 significant digits, whose magnitude is 0 or between 1E-130 and 9.99…E+125. Source: Amazon
/// DynamoDB Developer Guide, "Supported data types and naming rules".
/// </summary>
public readonly struct DynamoNumber : IEquatable<DynamoNumber>, IComparable<DynamoNumber>
{
    /// <summary>The maximum number of significant digits.</summary>
    public const int MostDigits = 38;

    internal const int HighestMagnitude = 125;

    internal const int LowestMagnitude = -130;

    internal const string Overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";

    internal const string Underflow =
        "Number underflow. Attempting to store a number with magnitude smaller than supported range";

    internal const string TooManyDigits = "Attempting to store more than 38 significant digits in a Number";

    // The number is ±coefficient × 10^exponent. The coefficient does not end in 0, unless it is zero.
    private readonly UInt128 coefficient;

    private readonly short exponent;

    private readonly bool isNegative;

    internal DynamoNumber(bool isNegative, UInt128 coefficient, int exponent)
    {
        this.coefficient = coefficient;
        this.exponent = coefficient == 0 ? (short)0 : (short)exponent;
        this.isNegative = isNegative && coefficient != 0;
    }

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => coefficient == 0 ? 0 : isNegative ? -1 : 1;

    /// <summary>The power of ten of the first digit, as in ±D.DDD × 10^Magnitude; 0 if the number is zero.</summary>
    public int Magnitude => coefficient == 0 ? 0 : exponent + LengthOf(coefficient) - 1;

    /// <summary>The significant digits, without leading or trailing zeros; empty if the number is zero.</summary>
    public string Digits => coefficient == 0 ? "" : coefficient.ToString(CultureInfo.InvariantCulture);

    private BigInteger Signed => isNegative ? -(BigInteger)coefficient : coefficient;

    /// <summary>Whether both are the same number.</summary>
    public static bool operator ==(DynamoNumber left, DynamoNumber right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    public static bool operator !=(DynamoNumber left, DynamoNumber right) => !left.Equals(right);

    /// <summary>Whether the left number is less than the right one.</summary>
    public static bool operator <(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left number is greater than the right one.</summary>
    public static bool operator >(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left number is less than or equal to the right one.</summary>
    public static bool operator <=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left number is greater than or equal to the right one.</summary>
    public static bool operator >=(DynamoNumber left, DynamoNumber right) => left.CompareTo(right) >= 0;

    /// <summary>The number with the opposite sign.</summary>
    public static DynamoNumber operator -(DynamoNumber number) =>
        new(!number.isNegative, number.coefficient, number.exponent);

    /// <summary>The sum of two numbers.</summary>
    /// <exception cref="TableException">The sum cannot be represented.</exception>
    public static DynamoNumber operator +(DynamoNumber left, DynamoNumber right)
    {
        if (left.coefficient == 0)
            return right;
        if (right.coefficient == 0)
            return left;
        int exponent = Math.Min(left.exponent, right.exponent);
        return Of(Scaled(left, exponent) + Scaled(right, exponent), exponent);
    }

    /// <summary>The difference of two numbers.</summary>
    /// <exception cref="TableException">The difference cannot be represented.</exception>
    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) => left + -right;

    /// <summary>Reads a number as clients write it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    /// <param name="problem">The message for the client if the text is not a number.</param>
    public static bool TryParse(string text, out DynamoNumber number, [NotNullWhen(false)] out string? problem)
    {
        problem = NumberReader.Read(text, out number);
        return problem is null;
    }

    /// <summary>Converts an integer.</summary>
    public static DynamoNumber FromInt64(long value) => Of(value, 0);

    /// <inheritdoc />
    public bool Equals(DynamoNumber other) => coefficient == other.coefficient
        && exponent == other.exponent
        && isNegative == other.isNegative;

    /// <inheritdoc />
    public int CompareTo(DynamoNumber other)
    {
        if (Sign != other.Sign)
            return Sign.CompareTo(other.Sign);
        var byMagnitude = Magnitude.CompareTo(other.Magnitude);
        var compared = byMagnitude != 0 ? byMagnitude : Aligned().CompareTo(other.Aligned());
        return isNegative ? -compared : compared;
    }

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is DynamoNumber other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(coefficient, exponent, isNegative);

    /// <summary>The number as DynamoDB returns it: without an exponent or superfluous zeros.</summary>
    public override string ToString()
    {
        if (coefficient == 0)
            return "0";
        var digits = Digits;
        var point = digits.Length + exponent;
        var plain = exponent >= 0 ? digits.PadRight(point, '0')
            : point > 0 ? $"{digits.AsSpan(0, point)}.{digits.AsSpan(point)}"
            : $"0.{digits.PadLeft(-exponent, '0')}";
        return isNegative ? "-" + plain : plain;
    }

    // Like the service, this reports a sum with too many digits as an overflow.
    private static DynamoNumber Of(BigInteger value, int exponent)
    {
        var magnitude = BigInteger.Abs(value);
        while (!magnitude.IsZero)
        {
            var (quotient, remainder) = BigInteger.DivRem(magnitude, 10);
            if (!remainder.IsZero)
                break;
            (magnitude, exponent) = (quotient, exponent + 1);
        }
        if (magnitude >= (BigInteger)NumberReader.PowerOfTen(MostDigits))
            throw TableException.Validation(Overflow);
        var number = new DynamoNumber(value.Sign < 0, (UInt128)magnitude, exponent);
        return number.Magnitude > HighestMagnitude ? throw TableException.Validation(Overflow)
            : number.Magnitude < LowestMagnitude ? throw TableException.Validation(Underflow)
            : number;
    }

    private static BigInteger Scaled(DynamoNumber number, int exponent) =>
        number.Signed * BigInteger.Pow(10, number.exponent - exponent);

    private static int LengthOf(UInt128 value)
    {
        var length = 1;
        while (length < MostDigits && value >= NumberReader.PowerOfTen(length))
            length++;
        return length;
    }

    // The digits, extended to 38 digits, so that numbers with the same magnitude can be compared.
    private UInt128 Aligned() => coefficient * NumberReader.PowerOfTen(MostDigits - LengthOf(coefficient));
}
