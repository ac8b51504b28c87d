using System.Buffers;
using System.Globalization;
using System.Text;

namespace Esb.Host.Logs;

/// <summary>
/// Text from others, made safe for a terminal. Characters that a terminal interprets instead of showing (C0 and C1
/// controls, DEL, direction marks, line and paragraph separators) become <c>\u001b</c> and the like, which JSON reads
/// back as the original.
/// </summary>
public static class VisibleText
{
    private static readonly SearchValues<char> Interpreted = SearchValues.Create(
        [
            .. Range('\0', '\x08'), .. Range('\x0b', '\x1f'), .. Range('\x7f', '\x9f'), '\u061c', '\u200e', '\u200f',
            '\u2028', '\u2029', .. Range('\u202a', '\u202e'), .. Range('\u2066', '\u2069'), '\ufeff',
        ]);

    private static readonly SearchValues<char> LineBreaking = SearchValues.Create("\n");

    /// <summary>Keeps line ends and tabs.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().ContainsAny(Interpreted) ? Escaped(text, Interpreted) : text;
    }

    /// <summary>
    /// For one line of a list: replaces line ends too. Tabs are kept, because Lambda's lines have them.
    /// </summary>
    public static string OneLine(string text)
    {
        var visible = Of(text);
        return visible.AsSpan().ContainsAny(LineBreaking) ? Escaped(visible, LineBreaking) : visible;
    }

    /// <summary>The position of the first character that would not be shown; negative if all are shown.</summary>
    internal static int FirstInterpreted(ReadOnlySpan<char> text) => text.IndexOfAny(Interpreted);

    /// <summary>The text that is shown instead of such a character.</summary>
    internal static string Shown(char c) => c switch
    {
        '\n' => "\\n",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static string Escaped(ReadOnlySpan<char> text, SearchValues<char> what)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (int at; (at = text.IndexOfAny(what)) >= 0; text = text[(at + 1)..])
        {
            shown.Append(text[..at]);
            // A carriage return before a line feed is part of the line end.
            if (text[at] != '\r' || at + 1 >= text.Length || text[at + 1] != '\n')
                shown.Append(Shown(text[at]));
        }

        return shown.Append(text).ToString();
    }

    private static IEnumerable<char> Range(char first, char last) =>
        Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}
