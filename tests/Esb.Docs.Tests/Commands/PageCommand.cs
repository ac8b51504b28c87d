using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Docs.Tests.Pages;

namespace Esb.Docs.Tests.Commands;

/// <summary>One command of a page, as a person would paste it.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Text">What is typed; a here document or a continued command has several lines.</param>
/// <param name="Marker">Where it is tested instead; empty if these tests run it.</param>
/// <param name="Output">The output that the page shows, or null if it shows none.</param>
internal sealed partial record PageCommand(
    string Page,
    int Line,
    string Text,
    string Marker,
    IReadOnlyList<string>? Output)
{
    private const string Prompt = "$ ";

    /// <summary>The exit code that a comment at its end states, such as <c># exit code 3</c>; otherwise 0.</summary>
    public int ExitCode => ExitComment().Match(Text) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : 0;

    /// <summary>
    /// The commands of a block. In an <c>sh</c> block, every line is one. In a <c>console</c> block, every line with a
    /// prompt is one, and the lines that follow are its output. Blocks in other languages have none.
    /// </summary>
    public static IEnumerable<PageCommand> Of(Fence fence)
    {
        if (fence.Language is not ("sh" or "console"))
            yield break;
        var isConsole = fence.Language == "console";
        for (var at = 0; at < fence.Lines.Count;)
        {
            var start = at;
            var line = fence.Lines[at];
            var isCommand = isConsole
                ? line.StartsWith(Prompt, StringComparison.Ordinal)
                : line.Trim() is { Length: > 0 } text && text[0] != '#';
            if (!isCommand)
            {
                at++;
                continue;
            }

            at = EndOf(fence.Lines, start);
            var command = string.Join('\n', fence.Lines.Skip(start).Take(at - start));
            var output = fence.Lines.Skip(at).TakeWhile(l => !l.StartsWith(Prompt, StringComparison.Ordinal)).ToArray();
            yield return new PageCommand(
                fence.Page,
                fence.Line + start,
                isConsole ? command[Prompt.Length..] : command,
                fence.Marker,
                isConsole && output.Length > 0 ? output : null);
        }
    }

    /// <summary>Its page, its line and what is typed.</summary>
    public override string ToString() => $"{Page}:{Line}: {Text.Split('\n')[0]}";

    // The index after the last line of the command: a backslash continues it, and a here document ends with its
    // delimiter.
    private static int EndOf(IReadOnlyList<string> lines, int start)
    {
        var end = start;
        while (end < lines.Count - 1 && lines[end].EndsWith('\\'))
            end++;
        if (HereDocument().Match(lines[end]) is { Success: true } here)
        {
            while (end < lines.Count - 1 && lines[end] != here.Groups[1].Value)
                end++;
        }

        return end + 1;
    }

    [GeneratedRegex(@"# exit code (\d+)$", RegexOptions.Multiline)]
    private static partial Regex ExitComment();

    [GeneratedRegex(@"<<'?(\w+)'?")]
    private static partial Regex HereDocument();
}
