using System.Globalization;
using System.Numerics;
using CsCheck;
using Esb.Tables.Values;

namespace Esb.Dynalite.Tests.Importing;

/// <summary>Numbers with too many digits are rounded half up to 38 digits, and others are left alone.</summary>
public sealed class NumberRoundingTests
{
    [Test]
    [Arguments("12345.33333333333333333333333333333333333333", "12345.333333333333333333333333333333333")]
    [Arguments("-0.000123456789012345678901234567890123456789549", "-0.00012345678901234567890123456789012345679")]
    [Arguments("999999999999999999999999999999999999999", "1000000000000000000000000000000000000000")]
    [Arguments("100000000000000000000000000000000000000000000001", "100000000000000000000000000000000000000000000000")]
    public async Task A_number_with_more_than_38_digits_is_rounded(string number, string expected)
    {
        await Assert.That(DynamoNumber.TryParse(NumberRounding.Rounded(number)!, out var rounded, out _)).IsTrue();
        await Assert.That(rounded.ToString()).IsEqualTo(expected);
    }

    [Test]
    [Arguments("0")]
    [Arguments("-12.5")]
    [Arguments("100000000000000000000000000000000000000000000000")]
    [Arguments("0.00000000000000000000000000000000000000000000001")]
    [Arguments("1.2.3")]
    [Arguments("1e5")]
    [Arguments("text")]
    public async Task Any_other_text_is_left_alone(string number) =>
        await Assert.That(NumberRounding.Rounded(number)).IsNull();

    [Test]
    public void A_rounded_number_differs_by_at_most_half_of_its_last_digit() => Gen.Select(
        Gen.Char['0', '9'].Array[39, 90], Gen.Int[0, 90], Gen.Bool).Sample((digits, point, isNegative) =>
        {
            var at = Math.Min(point, digits.Length - 1);
            var whole = new string(digits);
            var text = (isNegative ? "-" : "") + (at == 0 ? whole : $"{whole[..^at]}.{whole[^at..]}");
            var exact = BigInteger.Parse(whole, CultureInfo.InvariantCulture) * (isNegative ? -1 : 1);
            if (NumberRounding.Rounded(text) is not { } rounded)
                return whole.Trim('0').Length <= 38;
            var parts = rounded.Split('E');
            var places = int.Parse(parts[1], CultureInfo.InvariantCulture) + at;
            var unit = BigInteger.Pow(10, places);
            var difference = (BigInteger.Parse(parts[0], CultureInfo.InvariantCulture) * unit) - exact;
            return BigInteger.Abs(difference) * 2 <= unit && DynamoNumber.TryParse(rounded, out _, out _);
        });
}
