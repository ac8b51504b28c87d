namespace Esb.Testing;

/// <summary>The files of this checkout, without the output of builds.</summary>
public static class Repository
{
    private static readonly string[] Generated =
        ["bin", "obj", "artifacts", "node_modules", ".git", ".esb", "services"];

    private static readonly Lazy<string[]> AllFiles = new(FindFiles);

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All files, as paths from the root, in order.</summary>
    public static string[] Files => AllFiles.Value;

    /// <summary>The source files.</summary>
    public static IEnumerable<string> Sources => Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The Markdown pages.</summary>
    public static IEnumerable<string> Pages => Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>The text of a file, named by its path from the root.</summary>
    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Whether a path from the root is a file or a folder.</summary>
    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Esb.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("these tests run inside a checkout");
    }

    private static string[] FindFiles() => [.. Walk(Root).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return Path.GetRelativePath(Root, file);
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            if (Generated.Contains(Path.GetFileName(inner)))
                continue;
            foreach (var file in Walk(inner))
                yield return file;
        }
    }
}
