using Esb.Cli.Terminal;

namespace Esb.Cli.Diagnosis;

/// <summary>Formats the findings of <c>esb doctor</c>.</summary>
internal static class DoctorText
{
    private const int VerdictWidth = 4;
    private const int NameWidth = 13;
    private const string Arrow = "→ ";

    private static readonly int Indent = VerdictWidth + NameWidth + 4;

    /// <param name="finding">The finding to print.</param>
    /// <param name="width">The number of columns; longer text is wrapped and indented.</param>
    /// <param name="paint">Colours.</param>
    public static IEnumerable<string> Lines(Finding finding, int width, Paint paint)
    {
        var room = Math.Max(width - Indent, 20);
        var message = Wrapped(finding.Message, room).ToList();
        yield return $"{Word(finding.Verdict, paint)}  {finding.Check,-NameWidth}  {message[0]}".TrimEnd();
        foreach (var rest in message.Skip(1))
            yield return new string(' ', Indent) + rest;
        if (finding.Advice is null)
            yield break;
        var start = Arrow;
        foreach (var line in Wrapped(finding.Advice, room - Arrow.Length))
        {
            yield return new string(' ', Indent) + paint.Dim(start + line);
            start = new string(' ', Arrow.Length);
        }
    }

    /// <summary>The number of findings of each kind, such as <c>12 ok, 1 warning, nothing failed</c>.</summary>
    public static string Summary(IReadOnlyCollection<Finding> findings)
    {
        int Count(Verdict verdict) => findings.Count(finding => finding.Verdict == verdict);
        var (warnings, failures) = (Count(Verdict.Warn), Count(Verdict.Fail));
        return $"{Count(Verdict.Ok)} ok, {warnings} warning{(warnings == 1 ? "" : "s")}, "
            + $"{(failures == 0 ? "nothing" : failures)} failed";
    }

    // Breaks between words. A longer word is not broken, since it is probably a path that somebody wants to copy.
    private static IEnumerable<string> Wrapped(string text, int room)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    private static string Word(Verdict verdict, Paint paint) => verdict switch
    {
        Verdict.Ok => paint.Green("ok  "),
        Verdict.Warn => paint.Yellow("warn"),
        _ => paint.Red("fail"),
    };
}
