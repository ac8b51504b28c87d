using System.Text.RegularExpressions;

namespace Esb.Docs.Tests.Commands;

/// <summary>
/// Compares the output that a page shows with the actual output. Figures, units of time, identifiers and the widths of
/// columns differ between runs; <c>…</c> stands for any text, and on its own line for any lines. The order of lines may
/// differ, since parallel work ends in any order.
/// </summary>
internal static partial class Shape
{
    private const string Anything = "…";
    private const string Time = @"[\d.,]+ (?:µs|ms|s|min|h|d)";

    /// <returns>
    /// One text for each line that is shown but missing in the output, or that is in the output but not shown.
    /// </returns>
    public static IReadOnlyList<string> Differences(IReadOnlyList<string> shown, IReadOnlyList<string> came)
    {
        var left = came.Where(line => line.Trim().Length > 0).ToList();
        List<string> differences = [];
        foreach (var line in shown.Where(line => line.Trim().Length > 0 && line.Trim() != Anything))
        {
            var pattern = Pattern(line);
            var found = left.FindIndex(l => Regex.IsMatch(l, pattern));
            if (found < 0)
                differences.Add($"shown, but did not come: {line}");
            else
                left.RemoveAt(found);
        }

        if (!shown.Any(line => line.Trim() == Anything))
            differences.AddRange(left.Select(line => $"came, but is not shown: {line}"));
        return differences;
    }

    private static string Pattern(string line) =>
        @"^\s*" + Variable().Replace(line.Trim(), match => match.Value switch
        {
            Anything => ".*",
            [' ', ..] => @"\s+",
            // Of two functions with the same code, the second one finds it staged already.
            _ when match.Groups["time"].Success =>
                line.StartsWith("build ", StringComparison.Ordinal) ? $"(?:{Time}|unchanged)" : Time,
            _ when match.Groups["id"].Success => "[0-9a-f-]+",
            _ when match.Groups["number"].Success => @"[\d.,]+",
            _ => Regex.Escape(match.Value),
        }) + @"\s*$";

    // An identifier is a UUID, or has at least eight hexadecimal digits, one of which is not a letter.
    private const string Identifier =
        @"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[a-f]*\d)[0-9a-f]{8,}\b";

    [GeneratedRegex(
        @"…| +|(?<time>\d[\d.,]* (?:µs|ms|s|min|h|d)\b)|(?<id>" + Identifier + @")|(?<number>\d[\d.,]*)|.",
        RegexOptions.Singleline)]
    private static partial Regex Variable();
}
