using System.Text;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>The logical lines of a requirements file, as pip reads them, and their words.</summary>
internal static class RequirementLines
{
    /// <summary>
    /// The lines that are not empty, without comments, each with its number. A line that ends with a backslash
    /// continues on the next one, and has the number of its first line.
    /// </summary>
    public static IEnumerable<(int Number, string Text)> Of(string text)
    {
        var (first, held) = (0, "");
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            first = held.Length == 0 ? number : first;
            if (raw.EndsWith('\\') && WithoutComment(raw) == raw)
            {
                held += raw[..^1] + " ";
                continue;
            }

            var line = WithoutComment(held + raw).Trim();
            held = "";
            if (line.Length > 0)
                yield return (first, line);
        }

        if (held.Trim().Length > 0)
            yield return (first, held.Trim());
    }

    /// <summary>The words of a line, split as by a shell.</summary>
    public static IReadOnlyList<string> Words(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var (quote, isOpen) = ('\0', false);
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (isOpen)
                    words.Add(word.ToString());
                word.Clear();
                isOpen = false;
                continue;
            }

            isOpen = true;
            if (c == '\\' && quote != '\'' && i + 1 < line.Length)
                word.Append(line[++i]);
            else if (quote == '\0' && c is '"' or '\'')
                quote = c;
            else if (c == quote)
                quote = '\0';
            else
                word.Append(c);
        }

        if (isOpen)
            words.Add(word.ToString());
        return words;
    }

    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#', StringComparison.Ordinal); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1]))
                return line[..at];
        }

        return line;
    }
}
