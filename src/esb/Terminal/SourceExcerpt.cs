using System.Globalization;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Terminal;

/// <summary>
/// The line that a diagnostic is about, and a mark below the word that it is about. A pure function of its input.
/// </summary>
internal static class SourceExcerpt
{
    private const int NumberWidth = 5;
    private const int MaxLineLength = 160;

    /// <summary>Two lines, ready to be shown below the message; null when the place is not in the text.</summary>
    public static (string Source, string Mark)? Of(Diagnostic diagnostic, IReadOnlyList<string> lines)
    {
        if (diagnostic.Line < 1 || diagnostic.Line > lines.Count)
            return null;
        var line = lines[diagnostic.Line - 1].TrimEnd();
        var column = Math.Max(diagnostic.Column, 1) - 1;
        if (line.Length > MaxLineLength || column > line.Length)
            return null;
        var number = diagnostic.Line.ToString(CultureInfo.InvariantCulture).PadLeft(NumberWidth);
        // Tabs stay tabs, so that the mark is below its word at any tab width.
        var indent = new string([.. line[..column].Select(c => c == '\t' ? '\t' : ' ')]);
        return (
            $"{number} | {line}",
            $"{new string(' ', NumberWidth)} | {indent}{new string('^', WordLength(line, column))}");
    }

    private static int WordLength(string line, int column)
    {
        var end = column;
        while (end < line.Length
            && !char.IsWhiteSpace(line[end])
            && line[end] is not (':' or ',' or '{' or '}' or '[' or ']'))
            end++;
        return Math.Max(end - column, 1);
    }
}
