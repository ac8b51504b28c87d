using System.Text.RegularExpressions;

namespace Esb.Cli.Staging.Runtimes;

/// <summary>A path that a line of a requirements file names.</summary>
/// <param name="Line">The line number, from 1; the first line of a continued one.</param>
/// <param name="Path">The path as it is written, without extras or markers.</param>
/// <param name="IsFile">Whether it is another requirements file.</param>
internal sealed record RequirementReference(int Line, string Path, bool IsFile)
{
    /// <summary>Whether it is a repository on this machine, as in <c>git+file:///srv/lib</c>.</summary>
    public bool IsRepository { get; init; }
}

/// <summary>
/// Finds the paths that one of pip's requirements files names. Source: pip, "Requirements File Format", and its parser
/// (optparse accepts abbreviated options).
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

    /// <summary>The paths on this machine that the file names, in its order.</summary>
    /// <param name="text">The text with its variables replaced, see <see cref="Expanded"/>.</param>
    public static IReadOnlyList<RequirementReference> References(string text) =>
        [.. RequirementLines.Of(text).SelectMany(l => OfLine(l.Number, RequirementLines.Words(l.Text)))];

    /// <summary>
    /// The text with each <c>${NAME}</c> replaced as by pip: names in capitals only, and only variables that are set.
    /// </summary>
    public static string Expanded(string text) => Variable.Replace(
        text, match =>
            Environment.GetEnvironmentVariable(match.Groups[1].Value) is { Length: > 0 } value ? value : match.Value);

    /// <summary>
    /// The text without <c>-e</c>: an editable package would be loaded from the folder of the build, which is deleted
    /// afterwards. <c>sam build</c> installs such a package too.
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

    // pip accepts "-r path", and also "-rpath", "--requirement=path" and "--req path".
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

    // The value of the option that a line begins with, without quotes.
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

    // By pip's rules, a text that begins with a dot or contains a slash is a path, unless it is a URL; "name @
    // file:path" names a path, too.
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
