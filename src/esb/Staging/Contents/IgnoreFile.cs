using System.Text;
using System.Text.RegularExpressions;
using Esb.Host.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// <c>.samignore</c> at the top of a code folder: what is not staged, in the rules of <c>.gitignore</c> – <c>#</c> comments, <c>*</c>,
/// <c>?</c>, <c>**</c>, a leading <c>/</c>, a trailing <c>/</c> for folders, <c>!</c> takes back. The last rule that fits counts.
/// </summary>
internal sealed class IgnoreFile
{
    public const string Name = ".samignore";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<(Regex Pattern, bool OnlyFolders, bool TakesBack)> _rules;

    private IgnoreFile(IEnumerable<string> lines) => _rules = [.. lines.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#').Select(Rule)];

    /// <summary>The rules of a code folder; none when the file is not there.</summary>
    public static IgnoreFile Of(string folder)
    {
        var file = Path.Combine(folder, Name);
        if (OrdinaryFile.Instead(file) is { } other)
            throw new IOException($"it is {other}, not a file");
        return File.Exists(file) ? Parse(File.ReadAllText(file)) : new IgnoreFile([]);
    }

    public static IgnoreFile Parse(string text) => new(text.ReplaceLineEndings("\n").Split('\n'));

    /// <param name="path">Relative to the folder, with '/'.</param>
    /// <param name="isFolder">Whether it is one.</param>
    public bool Excludes(string path, bool isFolder)
    {
        if (path == Name)
            return true;
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            var (pattern, onlyFolders, takesBack) = _rules[i];
            if ((isFolder || !onlyFolders) && pattern.IsMatch(path))
                return !takesBack;
        }

        return false;
    }

    private static (Regex Pattern, bool OnlyFolders, bool TakesBack) Rule(string line)
    {
        var takesBack = line[0] == '!';
        var glob = takesBack ? line[1..] : line;
        var onlyFolders = glob.EndsWith('/');
        glob = glob.TrimEnd('/');
        // With a slash in it the rule starts at the top, without one it holds at every depth.
        var text = new StringBuilder(glob.Contains('/') ? "^" : "(^|/)");
        glob = glob.TrimStart('/');
        for (var i = 0; i < glob.Length; i++)
        {
            if (string.CompareOrdinal(glob, i, "**/", 0, 3) == 0)
            {
                text.Append("(.*/)?");
                i += 2;
            }
            else if (string.CompareOrdinal(glob, i, "**", 0, 2) == 0)
            {
                text.Append(".*");
                i++;
            }
            else
            {
                text.Append(glob[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }

        return (new Regex(text.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience), onlyFolders, takesBack);
    }
}
