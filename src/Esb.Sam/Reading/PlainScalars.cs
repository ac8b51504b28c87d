using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Reading;

/// <summary>
/// The text of an unquoted scalar of a template. CloudFormation and <c>sam</c> read YAML 1.1, where <c>True</c> and
/// <c>yes</c> are booleans and <c>1.10</c> and <c>010</c> are numbers; functions, parameters and variables see the text
/// of that value. Only scalars that both read in the same way are changed; others are kept as written. Sources: YAML
/// 1.1, "bool", "int" and "float" of the type repository; CloudFormation User Guide, "CloudFormation template formats".
/// </summary>
internal static class PlainScalars
{
    // Outside this range, CloudFormation and sam write numbers with an exponent, in different forms.
    private const double Least = 1e-3;
    private const double Beyond = 1e7;

    // Longer numbers do not fit into 64 bits.
    private const int MaxDigits = 18;

    private static readonly Regex Decimal = new(
        @"\A[-+]?[0-9]+\.[0-9]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Returns the scalar as AWS reads it; the same object when nothing changes.</summary>
    public static YamlScalar Read(YamlScalar written) =>
        written.IsPlain && TextOf(written.Value) is { } text && text != written.Value
            ? new YamlScalar(text, plain: true, written.Place)
            : written;

    /// <summary>Returns the scalar as a name: the characters as written, whatever else they could mean.</summary>
    public static YamlScalar Name(YamlScalar written) =>
        written.IsPlain
            && !written.IsNull
            && (written.AsBoolean is not null || written.IsNumber || TextOf(written.Value) != written.Value)
            ? new YamlScalar(written.Value, plain: false, written.Place)
            : written;

    /// <summary>Finds the value under a name. An unquoted key is also found by its text.</summary>
    public static YamlNode? Find(YamlMapping mapping, string name) =>
        mapping[name]
            ?? mapping.Entries.FirstOrDefault(e => e.Key.IsPlain && TextOf(e.Key.Value) == TextOf(name)).Value;

    /// <summary>
    /// Finds the one of several names that is meant: the same name, otherwise one with the same text.
    /// </summary>
    public static string Among(IEnumerable<string> names, string name) =>
        names.Contains(name) ? name : names.FirstOrDefault(n => TextOf(n) == TextOf(name)) ?? name;

    /// <summary>The text of an unquoted scalar.</summary>
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
        var (sign, digits) = written[0] switch
        {
            '-' => ("-", written[1..]),
            '+' => ("", written[1..]),
            _ => ("", written),
        };
        long? value = digits switch
        {
            { Length: > MaxDigits } => null,
            ['0', 'x', _, ..] when digits.Skip(2).All(char.IsAsciiHexDigit) => Convert.ToInt64(digits[2..], 16),
            ['0', 'b', _, ..] when digits.Skip(2).All(c => c is '0' or '1') => Convert.ToInt64(digits[2..], 2),
            ['0', _, ..] when digits.All(c => c is >= '0' and <= '7') => Convert.ToInt64(digits, 8),
            [>= '1' and <= '9', ..] when digits.All(char.IsAsciiDigit) =>
                long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
            _ => null,
        };
        return value is not { } number
            ? null
            : (number == 0 ? "" : sign) + number.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Broken(string written)
    {
        if (!Decimal.IsMatch(written)
            || !double.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        if (number != 0 && Math.Abs(number) is < Least or >= Beyond)
            return null;
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }
}
