using System.Text;
using Esb.Host.Logs;

namespace Esb.Cli.Terminal;

/// <summary>Formats rows in columns as wide as their widest cell, two spaces apart, without trailing spaces.</summary>
internal static class TextTable
{
    private const string Gap = "  ";

    /// <param name="header">The header; null for none.</param>
    /// <param name="rows">Cells without colour; a row may be shorter than the header.</param>
    /// <param name="width">The last column is cut so that no line is longer.</param>
    /// <param name="whole">The number of characters of the last cell that are never cut off, for each line with the
    /// header's; null for none.</param>
    public static IReadOnlyList<string> Lines(
        IReadOnlyList<string>? header,
        IReadOnlyList<IReadOnlyList<string>> rows,
        int width = int.MaxValue,
        IReadOnlyList<int>? whole = null)
    {
        IReadOnlyList<IReadOnlyList<string>> all = [.. (header is null ? rows : [header, .. rows])
            .Select(row => (IReadOnlyList<string>)[.. row.Select(VisibleText.OneLine)])];
        var widths = Widths(all);
        return [.. all.Select((row, i) => Line(row, widths, width, whole?[i] ?? 0))];
    }

    private static int[] Widths(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = new int[rows.Count == 0 ? 0 : rows.Max(row => row.Count)];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Count; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        return widths;
    }

    private static string Line(IReadOnlyList<string> row, int[] widths, int width, int whole)
    {
        var line = new StringBuilder();
        for (var i = 0; i < row.Count; i++)
        {
            if (i > 0)
                line.Append(Gap);
            line.Append(i == row.Count - 1 ? row[i] : row[i].PadRight(widths[i]));
        }

        var text = line.ToString().TrimEnd();
        if (whole > 0)
            width = Math.Max(width, text.Length - row[^1].Length + whole + 1);
        return text.Length > width ? text[..Math.Max(width - 1, 0)] + "…" : text;
    }
}
