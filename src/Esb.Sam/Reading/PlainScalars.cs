using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// The text of a template's scalar that has no quotes. CloudFormation and <c>sam</c> read YAML 1.1: <c>True</c> and <c>yes</c> are truth
/// values, <c>1.10</c> and <c>010</c> numbers, and what functions, parameters and variables see is the text of the value. Only what both
/// of them read alike is changed; the rest stays as it is written. Sources: YAML 1.1, "bool", "int" and "float" of the type repository;
/// CloudFormation User Guide, "CloudFormation template formats".
/// </summary>
internal static class PlainScalars
{
    // Beyond these the two write a power of ten, each in a form of its own.
    private const double Least = 1e-3;
    private const double Beyond = 1e7;

    // More digits than a number of 64 bits has are nobody's number.
    private const int MostDigits = 18;

    private static readonly Regex Decimal = new(@"\A[-+]?[0-9]+\.[0-9]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>The scalar that the template means; the same object when that is what stands there.</summary>
    public static YamlScalar Read(YamlScalar written) =>
        written.IsPlain && TextOf(written.Value) is { } text && text != written.Value ? new YamlScalar(text, plain: true, written.Place) : written;

    /// <summary>The scalar where it names something: the characters that are written, whatever else they would be.</summary>
    public static YamlScalar Name(YamlScalar written) =>
        written.IsPlain && !written.IsNull && (written.AsBoolean is not null || written.IsNumber || TextOf(written.Value) != written.Value) ? new YamlScalar(written.Value, plain: false, written.Place) : written;

    /// <summary>What a mapping has under a name. One that stands there without quotes is found by its text too.</summary>
    public static YamlNode? Find(YamlMapping mapping, string name) =>
        mapping[name] ?? mapping.Entries.FirstOrDefault(e => e.Key.IsPlain && TextOf(e.Key.Value) == TextOf(name)).Value;

    /// <summary>The one of several names that a name means: itself, else one of the same text.</summary>
    public static string Among(IEnumerable<string> names, string name) =>
        names.Contains(name) ? name : names.FirstOrDefault(n => TextOf(n) == TextOf(name)) ?? name;

    /// <summary>The text of a scalar without quotes.</summary>
    public static string TextOf(string written) => written switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => "true",
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => "false",
        [] => written,
        [var first, ..] when !char.IsAsciiDigit(first) && first is not ('-' or '+') => written,
        _ => Whole(written) ?? Broken(written) ?? written,
    };

    private static string? Whole(string written)
    {
        var (sign, digits) = written[0] switch { '-' => ("-", written[1..]), '+' => ("", written[1..]), _ => ("", written) };
        long? value = digits switch
        {
            { Length: > MostDigits } => null,
            ['0', 'x', _, ..] when digits.Skip(2).All(char.IsAsciiHexDigit) => Convert.ToInt64(digits[2..], 16),
            ['0', 'b', _, ..] when digits.Skip(2).All(c => c is '0' or '1') => Convert.ToInt64(digits[2..], 2),
            ['0', _, ..] when digits.All(c => c is >= '0' and <= '7') => Convert.ToInt64(digits, 8),
            [>= '1' and <= '9', ..] when digits.All(char.IsAsciiDigit) => long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
            _ => null,
        };
        return value is not { } number ? null : (number == 0 ? "" : sign) + number.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Broken(string written)
    {
        if (!Decimal.IsMatch(written) || !double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        if (number != 0 && Math.Abs(number) is < Least or >= Beyond)
            return null;
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}
