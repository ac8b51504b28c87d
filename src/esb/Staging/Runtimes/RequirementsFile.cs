using System.Text.RegularExpressions;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>What one line of a requirements file says of other files.</summary>
/// <param name="Line">From 1; of a continued line the first.</param>
/// <param name="Path">As it is written, without extras and markers.</param>
/// <param name="IsFile">It names another requirements file.</param>
internal sealed record RequirementReference(int Line, string Path, bool IsFile)
{
    /// <summary>It is a repository of this machine, as in <c>git+file:///srv/lib</c>.</summary>
    public bool IsRepository { get; init; }
}

/// <summary>
/// A requirements file of pip, as far as it names other files. Source: pip, "Requirements File Format", and its parser
/// (optparse takes shortened options).
/// </summary>
internal static class RequirementsFile
{
    private static readonly Regex Variable = new(
        @"\$\{([A-Z0-9_]+)\}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static readonly Regex At = new(
        @"^[^@/]*@\s*((?:[a-z]+\+)?file:.*)$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Repository = new(
        @"^[a-z]+\+(file:.*)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly string[] Editable =
        ["-e", "--editable", "--editabl", "--editab", "--edita", "--edit", "--edi", "--ed"];

    private static readonly (char Short, string Long)[] Options =
    [
        ('r', "requirement"), ('c', "constraint"), ('e', "editable"), ('f', "find-links"), ('i', "index-url"),
        ('\0', "extra-index-url"), ('\0', "pypi-url"),
    ];

    /// <summary>Paths on this machine that it names, in its order.</summary>
    /// <param name="text">With its variables replaced, see <see cref="Expanded"/>.</param>
    public static IReadOnlyList<RequirementReference> References(string text) =>
        [.. RequirementLines.Of(text).SelectMany(l => OfLine(l.Number, RequirementLines.Words(l.Text)))];

    /// <summary>The text with <c>${NAME}</c> as pip replaces it: capitals, and only what is set.</summary>
    public static string Expanded(string text) => Variable.Replace(
        text, match =>
            Environment.GetEnvironmentVariable(match.Groups[1].Value) is { Length: > 0 } value ? value : match.Value);

    /// <summary>
    /// The same without <c>-e</c>: an editable package is found by way of the folder that it was built in, which nobody
    /// has later; <c>sam build</c> installs it too.
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

    private static IEnumerable<RequirementReference> OfLine(int number, IReadOnlyList<string> words)
    {
        var requirement = string.Join(' ', words.TakeWhile(w => !w.StartsWith('-')));
        if (Local(number, requirement, isFile: false) is { } named)
            yield return named;
        for (var i = 0; i < words.Count; i++)
        {
            if (OptionOf(words[i]) is not var (option, value))
                continue;
            value ??= i + 1 < words.Count ? words[++i] : "";
            var found = option switch
            {
                "requirement" or "constraint" => FileUrl.IsRemote(value)
                    ? null
                    : new RequirementReference(number, FileUrl.PathOf(value), IsFile: true),
                "editable" => Local(number, value, isFile: false),
                _ => FileUrl.IsRemote(value) || value.Length == 0
                    ? null
                    : new RequirementReference(number, FileUrl.PathOf(value), IsFile: false),
            };
            if (found is not null)
                yield return found;
        }
    }

    // "-r path" is pip's, and so are "-rpath", "--requirement=path", "--req path".
    private static (string Option, string? Value)? OptionOf(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? word[2..] : word[2..equals];
            return Array.Find(Options, o => o.Long.StartsWith(name, StringComparison.Ordinal)).Long is { } known
                ? (known, equals < 0 ? null : word[(equals + 1)..])
                : null;
        }

        if (word.Length < 2 || word[0] != '-' || Array.Find(Options, o => o.Short == word[1]).Long is not { } option)
            return null;
        var value = word[2..].TrimStart('=');
        return (option, value.Length == 0 ? null : value);
    }

    // Of the option that a line begins with, quotes taken away.
    private static string? ValueOf(string line, string[] options)
    {
        foreach (var option in options)
        {
            if (!line.StartsWith(option, StringComparison.Ordinal))
                continue;
            var rest = line[option.Length..];
            if (rest.Length > 0
                && (!option.StartsWith("--", StringComparison.Ordinal) || rest[0] is '=' or ' ' or '\t'))
                return rest.TrimStart('=', ' ', '\t').Trim('"', '\'');
        }

        return null;
    }

    // As pip decides it: what begins with a dot or has a slash and is not a URL is a path; "name @ file:path" names one
    // too.
    private static RequirementReference? Local(int number, string requirement, bool isFile)
    {
        var text = At.Match(requirement) is { Success: true } at ? at.Groups[1].Value : requirement;
        foreach (var end in (string[])[" --", " ;", ";", "#"])
        {
            if (text.IndexOf(end, StringComparison.Ordinal) is >= 0 and var position)
                text = text[..position];
        }

        text = text.Trim();
        if (text.EndsWith(']') && text.LastIndexOf('[') is > 0 and var extras)
            text = text[..extras];
        if (Repository.Match(text) is { Success: true } repository)
            return new RequirementReference(number, repository.Groups[1].Value, isFile) { IsRepository = true };
        var isPath = FileUrl.Is(text)
            || (!FileUrl.IsRemote(text) && (text.StartsWith('.') || text.Contains('/', StringComparison.Ordinal)));
        return isPath ? new RequirementReference(number, FileUrl.PathOf(text), isFile) : null;
    }
}
