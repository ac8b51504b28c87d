namespace Esb.Cli.Staging.Contents;

/// <summary>Looks for files in code, either staged code or the sources that it will be staged from.</summary>
/// <param name="find">Whether the file at a path is executable; null when there is no such file.</param>
internal sealed class CodeLook(Func<string, bool?> find)
{
    public bool Has(string path) => find(path) is not null;

    public bool IsExecutable(string path) => find(path) == true;

    /// <summary>Looks in a folder as it is.</summary>
    public static CodeLook In(string folder) => new(path => InFolder(folder, path));

    /// <summary>Looks at the files of a tree, which are those that will be staged.</summary>
    public static CodeLook Of(CodeTree tree)
    {
        var links = tree.Entries.Where(e => e.LinkTarget is not null).Select(e => e.Path)
            .ToHashSet(StringComparer.Ordinal);
        return new CodeLook(path => Plain(path) is var plain && (tree.Has(plain) || Above(plain).Any(links.Contains))
            ? InFolder(tree.Root, plain)
            : null);
    }

    /// <summary>Looks at a list of paths, each with whether the file is executable.</summary>
    public static CodeLook Of(IReadOnlyDictionary<string, bool> files) =>
        new(path => files.TryGetValue(path, out var executable) ? executable : null);

    /// <summary>The same code, moved into a subfolder.</summary>
    public CodeLook Below(string folder) =>
        new(path => path.StartsWith(folder + "/", StringComparison.Ordinal) ? find(path[(folder.Length + 1)..]) : null);

    private static bool? InFolder(string folder, string path)
    {
        var file = Path.Combine(folder, path);
        return File.Exists(file) ? (File.GetUnixFileMode(file) & UnixFileMode.UserExecute) != 0 : null;
    }

    private static string Plain(string path) =>
        string.Join('/', path.Split('/').Where(step => step is not ("" or ".")));

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
            yield return path[..at];
    }
}
