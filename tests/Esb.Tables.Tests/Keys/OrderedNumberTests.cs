using System.Globalization;
using System.Numerics;
using CsCheck;
using Esb.Tables.Keys;
using Esb.Tables.Tests.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Keys;

public sealed class OrderedNumberTests
{
    private const int Lowest = -130;
    private const int MostDigits = 38;

    private static readonly Gen<(string Text, BigInteger Exact)> Numbers =
        from digits in Gen.Char["0123456789"].Array[1, MostDigits]
        from isNegative in Gen.Bool
        from magnitude in Gen.OneOf(Gen.Int[-3, 3], Gen.Int[Lowest, 125])
        select Number(new string(digits).TrimStart('0'), isNegative, magnitude);

    [Test]
    public void Bytes_of_numbers_are_in_the_order_of_the_numbers() =>
        Gen.Select(Numbers, Numbers).Sample(
            (a, b) => Math.Sign(Bytes(a.Text).CompareTo(Bytes(b.Text))) == a.Exact.CompareTo(b.Exact),
            iter: 20_000);

    [Test]
    [Arguments("0", "-0", 0)]
    [Arguments("1", "1.0", 0)]
    [Arguments("100", "1e2", 0)]
    [Arguments("9.9999999999999999999999999999999999999E+125", "9.9999999999999999999999999999999999998E+125", 1)]
    [Arguments("-9.9999999999999999999999999999999999999E+125", "9.9999999999999999999999999999999999999E+125", -1)]
    [Arguments("1E-130", "0", 1)]
    [Arguments("-1E-130", "0", -1)]
    [Arguments("-1", "-1.1", 1)]
    [Arguments("1", "1.1", -1)]
    [Arguments("-10", "-9", -1)]
    [Arguments("12", "12.01", -1)]
    [Arguments("-12", "-12.01", 1)]
    public async Task Numbers_at_the_limits_are_in_order(string left, string right, int expected) =>
        await Assert.That(Math.Sign(Bytes(left).CompareTo(Bytes(right)))).IsEqualTo(expected);

    private static Bytes Bytes(string text) => new(OrderedNumber.Of(Samples.Number(text).Number));

    // Whole multiples of the smallest digit that a number can have, so that they compare exactly.
    private static (string, BigInteger) Number(string digits, bool isNegative, int magnitude)
    {
        if (digits.Length == 0)
            return ("0", BigInteger.Zero);
        var exponent = magnitude - digits.Length + 1;
        var exact = BigInteger.Parse(digits, CultureInfo.InvariantCulture)
            * BigInteger.Pow(10, exponent - Lowest + MostDigits);
        return (
            string.Create(CultureInfo.InvariantCulture, $"{(isNegative ? "-" : "")}{digits}E{exponent}"),
            isNegative ? -exact : exact);
    }
}
