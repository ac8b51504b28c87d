using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>
/// Turns numbers into bytes that sort as the numbers do: the sign, one byte for the magnitude, one byte for each pair
/// of digits, and an end byte. For a negative number, the bytes of the magnitude and the digits are complemented. The
/// end byte is lower than all digits, or higher for a negative number.
/// </summary>
internal static class OrderedNumber
{
    private const byte Negative = 0x01;
    private const byte NegativeEnd = 0xFF;
    private const byte Nothing = 0x02;
    private const byte Positive = 0x03;
    private const byte PositiveEnd = 0x01;

    // Magnitudes range from −130 to 125, which just fits into a byte. Bytes of digits are higher than the end byte.
    private const int LowestMagnitude = -130;
    private const int LowestPair = 2;

    public static byte[] Of(DynamoNumber number)
    {
        if (number.Sign == 0)
            return [Nothing];
        var digits = number.Digits;
        var bytes = new byte[3 + ((digits.Length + 1) / 2)];
        var flip = number.Sign < 0 ? 0xFF : 0x00;
        bytes[0] = number.Sign < 0 ? Negative : Positive;
        bytes[1] = (byte)((number.Magnitude - LowestMagnitude) ^ flip);
        for (var i = 0; i < digits.Length; i += 2)
        {
            var pair = (10 * (digits[i] - '0')) + (i + 1 < digits.Length ? digits[i + 1] - '0' : 0);
            bytes[2 + (i / 2)] = (byte)((pair + LowestPair) ^ flip);
        }

        bytes[^1] = number.Sign < 0 ? NegativeEnd : PositiveEnd;
        return bytes;
    }
}
