using System.Globalization;

namespace Esb.Schema.Yaml;

/// <summary>What YAML's core schema (YAML 1.2.2, chapter 10.3) makes of a plain scalar, and what YAML 1.1 readers would.</summary>
internal static class CoreSchema
{
    public static bool IsNull(string value) => value is "" or "~" or "null" or "Null" or "NULL";

    public static bool? Boolean(string value) => value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    public static bool IsNumber(string value) =>
        value.Length > 0
        && (char.IsAsciiDigit(value[0]) || value[0] is '-' or '+' or '.')
        && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// Whether the text may be written without quotes and still be text for every reader. Errs on the side of quotes: YAML 1.1's
    /// yes/no/on/off, dates, hexadecimal and sexagesimal numbers are quoted too.
    /// </summary>
    public static bool IsSafePlainText(string value)
    {
        if (value.Length == 0 || IsNull(value) || Boolean(value) is not null || IsOldBoolean(value))
            return false;
        if (!char.IsAsciiLetter(value[0]) && value[0] is not ('/' or '_' or '.' or '$'))
            return false;
        if (value is "." or ".." || value.StartsWith(".inf", StringComparison.OrdinalIgnoreCase) || value.StartsWith(".nan", StringComparison.OrdinalIgnoreCase) || IsNumber(value))
            return false;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('/' or '_' or '-' or '.' or '$' or ' ' or '(' or ')' or '+' or '=' or '@'))
                return false;
        }

        return value[^1] != ' ';
    }

    private static bool IsOldBoolean(string value) => value.ToUpperInvariant() is "YES" or "NO" or "ON" or "OFF" or "Y" or "N";
}
