using System.Globalization;

namespace Esb.Tables.Values;

/// <summary>Reads the text of a number as <c>java.math.BigDecimal</c> does, within the limits of DynamoDB.</summary>
internal static class NumberReader
{
    private const string NotNumeric = "The parameter cannot be converted to a numeric value";

    private static readonly UInt128[] Powers = [.. PowersOfTen()];

    /// <summary>10^power, up to 10^38.</summary>
    public static UInt128 PowerOfTen(int power) => Powers[power];

    /// <summary>Reads a number. Returns null, or the message for the client if the text is not a number.</summary>
    public static string? Read(string text, out DynamoNumber number)
    {
        number = default;
        if (text.Length == 0)
            return NotNumeric;
        var mantissa = text.AsSpan();
        long exponent = 0;
        if (text.AsSpan().IndexOfAny('e', 'E') is >= 0 and var at)
        {
            mantissa = mantissa[..at];
            if (!TryReadExponent(text.AsSpan(at + 1), out exponent))
                return $"{NotNumeric}: {text}";
        }
        var isNegative = mantissa is ['-', ..];
        if (mantissa is ['-' or '+', ..])
            mantissa = mantissa[1..];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || !AreDigits(whole) || !AreDigits(fraction))
            return $"{NotNumeric}: {text}";
        return ReadDigits([.. whole, .. fraction], (decimal)exponent - fraction.Length, isNegative, out number);
    }

    // The exponent applies to the last digit.
    private static string? ReadDigits(char[] all, decimal exponent, bool isNegative, out DynamoNumber number)
    {
        number = default;
        var digits = all.AsSpan().TrimStart('0');
        // For zero, the exponent is checked as it is written.
        var magnitude = exponent + Math.Max(digits.Length, 1) - 1;
        if (magnitude > DynamoNumber.HighestMagnitude)
            return DynamoNumber.Overflow;
        if (magnitude < DynamoNumber.LowestMagnitude)
            return DynamoNumber.Underflow;
        var significant = digits.TrimEnd('0');
        if (significant.Length > DynamoNumber.MostDigits)
            return DynamoNumber.TooManyDigits;
        if (significant.Length > 0)
            number = new DynamoNumber(
                isNegative,
                UInt128.Parse(significant, NumberStyles.None, CultureInfo.InvariantCulture),
                (int)exponent + digits.Length - significant.Length);
        return null;
    }

    private static bool TryReadExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        return digits.Length > 0
            && AreDigits(digits)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static IEnumerable<UInt128> PowersOfTen()
    {
        UInt128 power = 1;
        for (var at = 0; at <= DynamoNumber.MostDigits; at++, power *= at <= DynamoNumber.MostDigits ? 10u : 1u)
            yield return power;
    }
}
