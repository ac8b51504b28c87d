using System.Buffers;
using System.Globalization;

namespace Esb.Schema.Yaml;

/// <summary>
/// What a plain scalar means in YAML's core schema (YAML 1.2.2, chapter 10.3), and what it would mean to YAML 1.1
/// readers.
/// </summary>
internal static class CoreSchema
{
    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("+-.0123456789eE");

    public static bool IsNull(string value) => value is "" or "~" or "null" or "Null" or "NULL";

    public static bool? Boolean(string value) => value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    // The characters are checked too, because .NET accepts -Infinity and +NaN as numbers, and YAML does not.
    public static bool IsNumber(string value) =>
        value.Length > 0
        && (char.IsAsciiDigit(value[0]) || value[0] is '-' or '+' or '.')
        && !value.AsSpan().ContainsAnyExcept(OfNumbers)
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// The integer that a text stands for: <c>30</c>, and in plain text also <c>30.0</c> and <c>3e1</c>, which are the
    /// same number.
    /// </summary>
    public static int? Integer(string value, bool plain)
    {
        // .NET ignores NUL characters at the end.
        if (!value.Contains('\0')
            && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        return plain
            && IsNumber(value)
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && real >= int.MinValue && real <= int.MaxValue && Math.Floor(real) == real
            ? (int)real
            : null;
    }

    /// <summary>
    /// Whether a text can be written without quotes and still be text for every reader. When in doubt it is quoted:
    /// yes/no/on/off of YAML 1.1, dates, hexadecimal and sexagesimal numbers are quoted too.
    /// </summary>
    public static bool IsSafePlainText(string value)
    {
        if (value.Length == 0 || IsNull(value) || Boolean(value) is not null || IsOldBoolean(value))
            return false;
        if (!char.IsAsciiLetter(value[0]) && value[0] is not ('/' or '_' or '.' or '$'))
            return false;
        if (value is "." or ".."
            || value.StartsWith(".inf", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith(".nan", StringComparison.OrdinalIgnoreCase)
            || IsNumber(value))
            return false;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c)
                && c is not ('/' or '_' or '-' or '.' or '$' or ' ' or '(' or ')' or '+' or '=' or '@'))
                return false;
        }

        return value[^1] != ' ';
    }

    private static bool IsOldBoolean(string value) =>
        value.Length <= 3 && value.ToUpperInvariant() is "YES" or "NO" or "ON" or "OFF" or "Y" or "N";
}
