using System.Text;
using Esb.Host.Files;
using Esb.Sam.Reading;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// <c>.samignore</c> at the top of a code folder names files that are not staged. Its rules are those of
/// <c>.gitignore</c>: <c>#</c> for comments, <c>*</c>, <c>?</c>, <c>**</c>, a leading <c>/</c>, a trailing <c>/</c> for
/// folders, <c>!</c> for exceptions. The last matching rule wins.
/// </summary>
internal sealed class IgnoreFile
{
    public const string Name = ".samignore";

    /// <summary>More rules than anybody writes; each rule is compared with each file.</summary>
    public const int MaxRules = 10_000;

    /// <summary>The length of the longest possible path.</summary>
    public const int MaxRuleLength = 4_096;

    private const int MaxBytes = 1 << 20;

    private readonly List<(PathPattern Pattern, bool OnlyFolders, bool TakesBack)> _rules = [];

    private IgnoreFile(IEnumerable<string> lines)
    {
        foreach (var line in lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            if (_rules.Count == MaxRules)
                throw new IOException($"it has more than {MaxRules:N0} rules");
            if (line.Length > MaxRuleLength)
                throw new IOException($"it has a rule of more than {MaxRuleLength:N0} characters");
            _rules.Add(Rule(line));
        }
    }

    /// <summary>The rules of a code folder; none when the file does not exist.</summary>
    /// <param name="folder">The code folder, with its links resolved.</param>
    /// <param name="project">The project, in which a linked file must be; null when it must be in the code
    /// folder.</param>
    /// <exception cref="IOException">The file cannot be used.</exception>
    public static IgnoreFile Of(string folder, ProjectFiles? project)
    {
        var file = Path.Combine(folder, Name);
        if (Statx.OfLink(file) is null)
            return new IgnoreFile([]);
        if ((project ?? ProjectFiles.At(folder)).RealPathOf(file) is not { } real)
            throw new IOException(
                $"it is a link that leads out of {(project is null ? "the code folder" : "the project")}");
        var bytes = OrdinaryFile.ReadAll(real, MaxBytes);
        return bytes.Length <= MaxBytes
            ? Parse(Encoding.UTF8.GetString(bytes))
            : throw new IOException($"it is larger than {MaxBytes:N0} bytes");
    }

    /// <exception cref="IOException">There are too many rules, or a rule is too long.</exception>
    public static IgnoreFile Parse(string text) => new(text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n'));

    /// <param name="path">Relative to the folder, with '/'.</param>
    /// <param name="isFolder">Whether it is one.</param>
    public bool Excludes(string path, bool isFolder)
    {
        if (path == Name)
            return true;
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            var (pattern, onlyFolders, takesBack) = _rules[i];
            if ((isFolder || !onlyFolders) && pattern.Fits(path))
                return !takesBack;
        }

        return false;
    }

    private static (PathPattern Pattern, bool OnlyFolders, bool TakesBack) Rule(string line)
    {
        var takesBack = line[0] == '!';
        var glob = takesBack ? line[1..] : line;
        var onlyFolders = glob.EndsWith('/');
        glob = glob.TrimEnd('/');
        // A rule with a slash matches from the top only; a rule without one matches at any depth.
        return (new PathPattern(glob.TrimStart('/'), fromTheTop: glob.Contains('/')), onlyFolders, takesBack);
    }
}
