using System.Globalization;
using System.Text.RegularExpressions;
using Esb.Docs.Tests.Pages;

namespace Esb.Docs.Tests.Commands;

/// <summary>One command of a page, as a person would paste it.</summary>
/// <param name="Page">The page, from the root of the repository.</param>
/// <param name="Line">1-based, where it starts.</param>
/// <param name="Text">What is typed; several lines for a here document or a continued line.</param>
/// <param name="Marker">Where it is tested instead of here; empty when it is run here.</param>
/// <param name="Output">What the page shows of its output, or null when it shows none.</param>
internal sealed partial record PageCommand(
    string Page,
    int Line,
    string Text,
    string Marker,
    IReadOnlyList<string>? Output)
{
    private const string Prompt = "$ ";

    /// <summary>What a comment at its end says, such as <c># exit code 3</c>; 0 otherwise.</summary>
    public int ExitCode => ExitComment().Match(Text) is { Success: true } match
        ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
        : 0;

    /// <summary>
    /// The commands of a block. In a <c>sh</c> block every line is one, in a <c>console</c> block every line behind a
    /// prompt, and what follows it is its output. Blocks in other languages hold none.
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

    /// <summary>Where it stands and what is typed.</summary>
    public override string ToString() => $"{Page}:{Line}: {Text.Split('\n')[0]}";

    // Behind the last line of the command: a backslash continues it, a here document ends with its word.
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
