using System.Numerics;
using CsCheck;
using Esb.Tables.Errors;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Values;

public sealed class DynamoNumberTests
{
    private const string Overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";

    private const string Underflow =
        "Number underflow. Attempting to store a number with magnitude smaller than supported range";

    // A coefficient of up to 38 digits and an exponent, so that the number is within the limits.
    private static readonly Gen<(BigInteger Coefficient, int Exponent)> Parts =
        from digits in Gen.Char['0', '9'].Array[1, 38]
        from isNegative in Gen.Bool
        from exponent in Gen.Int[-60, 60]
        let magnitude = BigInteger.Parse(digits)
        select (isNegative ? -magnitude : magnitude, exponent);

    [Test]
    [Arguments("0", "0")]
    [Arguments("-0", "0")]
    [Arguments("0e125", "0")]
    [Arguments("+1", "1")]
    [Arguments("0042.1200", "42.12")]
    [Arguments(".5", "0.5")]
    [Arguments("5.", "5")]
    [Arguments("-1.50E+2", "-150")]
    [Arguments("12e-3", "0.012")]
    [Arguments("99999999999999999999999999999999999999", "99999999999999999999999999999999999999")]
    [Arguments("000000000000000000000000000000000000000000000000001", "1")]
    public async Task A_number_is_returned_in_its_plain_form(string written, string plain) =>
        await Assert.That(Number(written).ToString()).IsEqualTo(plain);

    [Test]
    [Arguments("9.9999999999999999999999999999999999999E+125")]
    [Arguments("-9.9999999999999999999999999999999999999E+125")]
    [Arguments("1E-130")]
    [Arguments("-1E-130")]
    public async Task The_limits_of_the_magnitude_are_numbers(string written)
    {
        await Assert.That(Number(Number(written).ToString())).IsEqualTo(Number(written));
        await Assert.That(Number(written).Magnitude).IsEqualTo(written.Contains('-', StringComparison.Ordinal)
            && written.EndsWith("130", StringComparison.Ordinal) ? -130 : 125);
    }

    [Test]
    [Arguments("", "The parameter cannot be converted to a numeric value")]
    [Arguments("b", "The parameter cannot be converted to a numeric value: b")]
    [Arguments(".", "The parameter cannot be converted to a numeric value: .")]
    [Arguments("1e", "The parameter cannot be converted to a numeric value: 1e")]
    [Arguments("1e+-1", "The parameter cannot be converted to a numeric value: 1e+-1")]
    [Arguments(" 1", "The parameter cannot be converted to a numeric value:  1")]
    [Arguments("NaN", "The parameter cannot be converted to a numeric value: NaN")]
    [Arguments("0x10", "The parameter cannot be converted to a numeric value: 0x10")]
    [Arguments("1,0", "The parameter cannot be converted to a numeric value: 1,0")]
    [Arguments("1e9223372036854775808", "The parameter cannot be converted to a numeric value: 1e9223372036854775808")]
    [Arguments("1e126", Overflow)]
    [Arguments("-10e125", Overflow)]
    [Arguments("0e126", Overflow)]
    [Arguments("1e9223372036854775807", Overflow)]
    [Arguments("1e-131", Underflow)]
    [Arguments("0e-131", Underflow)]
    [Arguments("0.1e-9223372036854775808", Underflow)]
    [Arguments(
        "1.00000000000000000000000000000000000001",
        "Attempting to store more than 38 significant digits in a Number")]
    public async Task What_is_no_number_is_told_in_the_words_of_the_service(string written, string problem)
    {
        await Assert.That(DynamoNumber.TryParse(written, out _, out var told)).IsFalse();
        await Assert.That(told).IsEqualTo(problem);
    }

    [Test]
    public void Sums_and_differences_are_those_of_exact_arithmetic_or_do_not_fit() =>
        Gen.Select(Parts, Parts).Sample((left, right) =>
            SameAsExact(left, right, (a, b) => a + b, (a, b) => a + b)
                && SameAsExact(left, right, (a, b) => a - b, (a, b) => a - b));

    [Test]
    public void The_order_is_that_of_exact_arithmetic() => Gen.Select(Parts, Parts).Sample((left, right) =>
        Math.Sign(Number(left).CompareTo(Number(right))) == Scaled(left).CompareTo(Scaled(right))
            && Number(left).Equals(Number(right)) == (Scaled(left) == Scaled(right)));

    [Test]
    public void The_plain_form_reads_as_the_same_number() => Parts.Sample(parts =>
        Number(Number(parts).ToString()) == Number(parts)
            && Number(parts).GetHashCode() == Number(Number(parts).ToString()).GetHashCode());

    [Test]
    public async Task A_sum_beyond_the_limits_overflows()
    {
        await Assert.That(() => Number("9e125") + Number("9e125")).Throws<TableException>().WithMessage(Overflow);
        await Assert.That(() => Number("1e50") + Number("1")).Throws<TableException>().WithMessage(Overflow);
        await Assert.That((Number("9e125") + Number("9e124")).ToString()).StartsWith("99");
    }

    private static bool SameAsExact(
        (BigInteger, int) left,
        (BigInteger, int) right,
        Func<BigInteger, BigInteger, BigInteger> exact,
        Func<DynamoNumber, DynamoNumber, DynamoNumber> ours)
    {
        var expected = exact(Scaled(left), Scaled(right));
        var fits = BigInteger.Abs(expected).ToString().Trim('0').Length <= DynamoNumber.MostDigits;
        try
        {
            return Scaled(ours(Number(left), Number(right))) == expected && fits;
        }
        catch (TableException)
        {
            return !fits;
        }
    }

    private static BigInteger Scaled((BigInteger Coefficient, int Exponent) parts) =>
        parts.Coefficient * BigInteger.Pow(10, parts.Exponent + 130);

    private static BigInteger Scaled(DynamoNumber number)
    {
        var plain = number.ToString();
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : plain.Length - point - 1;
        return Scaled((BigInteger.Parse(plain.Replace(".", "", StringComparison.Ordinal)), -decimals));
    }

    private static DynamoNumber Number((BigInteger Coefficient, int Exponent) parts) =>
        Number($"{parts.Coefficient}e{parts.Exponent}");

    private static DynamoNumber Number(string text) =>
        DynamoNumber.TryParse(text, out var number, out var problem)
            ? number
            : throw new InvalidOperationException(problem);
}
