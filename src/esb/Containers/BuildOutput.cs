using System.Text.RegularExpressions;

namespace Esb.Cli.Containers;

/// <summary>Parses the output of BuildKit with <c>--progress plain</c>.</summary>
internal static class BuildOutput
{
    private static readonly Regex Prefix = new(
        "^(?:ERROR: )?(?:failed to solve: )?(?:failed to build: )?",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex Time = new(
        @"^(?:#\d+ )?\d+\.\d+ ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    private static readonly Regex StepLine = new(
        @"^#\d+ \[(?:[^\]]*\s)?\d+/\d+\]\s+(?<what>.+)$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private const int MaxLines = 20;
    private const string Rule = "------";

    /// <summary>The step that a line starts, such as <c>RUN npm ci</c>; null for any other line.</summary>
    public static string? Step(string line) =>
        StepLine.Match(line) is { Success: true } match ? match.Groups["what"].Value : null;

    /// <summary>The failed step and its output: the block that BuildKit prints at the end, or the last lines.</summary>
    public static IReadOnlyList<string> Failure(IReadOnlyList<string> lines)
    {
        var begin = lines.ToList().FindLastIndex(l => l.StartsWith(" > ", StringComparison.Ordinal));
        if (begin < 0)
            return [.. lines.Where(l => l.Trim().Length > 0).TakeLast(MaxLines)];
        var block = lines.Skip(begin + 1).TakeWhile(l => l != Rule).Select(Plain).Where(l => l.Length > 0)
            .TakeLast(MaxLines);
        return [lines[begin][3..].TrimEnd(':'), .. block];
    }

    /// <summary>The line with the reason, without BuildKit's prefix.</summary>
    public static string Reason(IReadOnlyList<string> lines)
    {
        var last = lines.LastOrDefault(l => l.StartsWith("ERROR:", StringComparison.Ordinal))
            ?? lines.LastOrDefault(l => l.Trim().Length > 0)
            ?? "no reason is given";
        return Prefix.Replace(last, "").Trim();
    }

    // "0.123 text": seconds since the step began.
    private static string Plain(string line) => Time.Replace(line, "").TrimEnd();
}
