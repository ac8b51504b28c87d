namespace Esb.Cli.Staging.Runtimes;

/// <summary>What one line of a requirements file says of other files.</summary>
/// <param name="Line">From 1; of a continued line the first.</param>
/// <param name="Path">As it is written, without extras and markers.</param>
/// <param name="IsFile">It names another requirements file.</param>
internal sealed record RequirementReference(int Line, string Path, bool IsFile);

/// <summary>A requirements file of pip, as far as it names other files. Source: pip, "Requirements File Format".</summary>
internal static class RequirementsFile
{
    private static readonly string[] Files = ["-r", "--requirement", "-c", "--constraint"];
    private static readonly string[] Editable = ["-e", "--editable"];
    private static readonly string[] Places = ["-f", "--find-links"];

    /// <summary>Paths on this machine that it names, in its order.</summary>
    public static IReadOnlyList<RequirementReference> References(string text)
    {
        List<RequirementReference> found = [];
        foreach (var (number, line) in Lines(text))
        {
            if (ValueOf(line, Files) is { } file)
                found.Add(new RequirementReference(number, file, IsFile: true));
            else if (ValueOf(line, Places) is { } place)
                found.AddRange(IsLocal(place) ? [new RequirementReference(number, place, IsFile: false)] : []);
            else if (LocalPath(ValueOf(line, Editable) ?? line) is { } path)
                found.Add(new RequirementReference(number, path, IsFile: false));
        }

        return found;
    }

    /// <summary>
    /// The same without <c>-e</c>: an editable package is found by way of the folder that it was built in, which nobody has later; <c>sam build</c> installs it too.
    /// </summary>
    public static string WithoutEditable(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (ValueOf(lines[i].Trim(), Editable) is { } value)
                lines[i] = value + (lines[i].EndsWith('\r') ? "\r" : "");
        }

        return string.Join('\n', lines);
    }

    // A line that ends with a backslash goes on in the next one.
    private static IEnumerable<(int Number, string Line)> Lines(string text)
    {
        var (first, held) = (0, "");
        var number = 0;
        foreach (var raw in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            first = held.Length == 0 ? number : first;
            if (raw.EndsWith('\\'))
            {
                held += raw[..^1] + " ";
                continue;
            }

            var line = WithoutComment(held + raw).Trim();
            held = "";
            if (line.Length > 0)
                yield return (first, line);
        }
    }

    private static string WithoutComment(string line) =>
        line.TrimStart().StartsWith('#') ? "" : line.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var at ? line[..at] : line;

    // "-e path", "-epath" is pip's too, "--editable=path", "--editable path".
    private static string? ValueOf(string line, string[] options)
    {
        foreach (var option in options)
        {
            if (!line.StartsWith(option, StringComparison.Ordinal))
                continue;
            var rest = line[option.Length..];
            if (rest.Length > 0 && (!option.StartsWith("--", StringComparison.Ordinal) || rest[0] is '=' or ' ' or '\t'))
                return rest.TrimStart('=', ' ', '\t').Trim('"', '\'');
        }

        return null;
    }

    // As pip decides it: what begins with a dot or has a slash and is no URL is a path; "name @ file:path" names one too.
    private static string? LocalPath(string requirement)
    {
        if (requirement.StartsWith('-'))
            return null;
        var url = requirement.IndexOf("@ file:", StringComparison.Ordinal);
        var text = url >= 0 ? requirement[(url + 2)..] : requirement;
        foreach (var end in (string[])[" --", " ;", ";", "#"])
        {
            if (text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var at)
                text = text[..at];
        }

        text = text.Trim();
        if (text.EndsWith(']') && text.LastIndexOf('[') is > 0 and var extras)
            text = text[..extras];
        return IsLocal(text) && (text.StartsWith('.') || text.Contains('/', StringComparison.Ordinal)) ? WithoutScheme(text) : null;
    }

    private static bool IsLocal(string text) => text.Length > 0 && (text.StartsWith("file:", StringComparison.Ordinal) || !text.Contains("://", StringComparison.Ordinal));

    private static string WithoutScheme(string text) =>
        text.StartsWith("file://", StringComparison.Ordinal) ? text["file://".Length..]
        : text.StartsWith("file:", StringComparison.Ordinal) ? text["file:".Length..]
        : text;
}
