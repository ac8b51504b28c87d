using System.Text.RegularExpressions;

namespace Esb.Docs.Tests.Commands;

/// <summary>
/// Compares what a page shows with what came out. Figures, units of time, identifiers and the width of columns differ
/// from run to run; <c>…</c> stands for anything, and on a line of its own for any lines. Lines may come in another
/// order, since what is done at once ends in any.
/// </summary>
internal static partial class Shape
{
    private const string Anything = "…";
    private const string Time = @"[\d.,]+ (?:µs|ms|s|min|h|d)";

    /// <returns>One text for each line that is shown and did not come, or that came and is not shown.</returns>
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
            // Of two functions with the same code, the one that comes second finds it ready.
            _ when match.Groups["time"].Success =>
                line.StartsWith("build ", StringComparison.Ordinal) ? $"(?:{Time}|unchanged)" : Time,
            _ when match.Groups["id"].Success => "[0-9a-f-]+",
            _ when match.Groups["number"].Success => @"[\d.,]+",
            _ => Regex.Escape(match.Value),
        }) + @"\s*$";

    // An identifier is a UUID, or has eight hexadecimal digits or more, one of them a figure.
    private const string Identifier =
        @"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=[a-f]*\d)[0-9a-f]{8,}\b";

    [GeneratedRegex(
        @"…| +|(?<time>\d[\d.,]* (?:µs|ms|s|min|h|d)\b)|(?<id>" + Identifier + @")|(?<number>\d[\d.,]*)|.",
        RegexOptions.Singleline)]
    private static partial Regex Variable();
}
