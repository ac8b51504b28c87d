namespace Esb.Schema.Http;

/// <summary>
/// The white space around values in HTTP: spaces and tabs, and nothing else (RFC 9110, 5.6.3). .NET's own trimming
/// removes every white-space character of Unicode, including U+0085 and U+00A0, and the UTF-8 form of "à" ends in one
/// of these when it is read as Latin-1.
/// </summary>
public static class OptionalWhitespace
{
    private const string Characters = " \t";

    /// <summary>The text without white space at its ends.</summary>
    public static string Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Trim(' ', '\t');
    }

    /// <summary>The text without white space at its ends.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text) => text.Trim(Characters);

    /// <summary>
    /// The entries of a list, each without white space at its ends; empty ones are left out (RFC 9110, 5.6.1).
    /// </summary>
    public static IEnumerable<string> Split(string list, char separator)
    {
        ArgumentNullException.ThrowIfNull(list);
        return list.Split(separator).Select(Trim).Where(entry => entry.Length > 0);
    }
}
