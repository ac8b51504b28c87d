using Esb.Host.Files;
using Esb.Sam.Values;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Files and folders in a code folder that are not part of the function: history, caches, virtual environments, build
/// output, secrets of ESB.
/// </summary>
internal static class Exclusions
{
    private static readonly HashSet<string> Folders = new(StringComparer.Ordinal)
    {
        ".git", ".hg", ".svn", ".aws-sam", ".esb", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache",
    };

    public static bool Excludes(string relativePath, Statx facts, string fullPath)
    {
        var name = Path.GetFileName(relativePath);
        if (!facts.IsFolder)
            return name.EndsWith(".pyc", StringComparison.Ordinal) || name is ".DS_Store" or GivenValues.FileName;
        return Folders.Contains(name)
            || UnfinishedFolder.IsName(name)
            || (name == ".cache" && Path.GetFileName(Path.GetDirectoryName(relativePath)) == "node_modules")
            || File.Exists(Path.Combine(fullPath, "pyvenv.cfg"))
            || (name is "bin" or "obj" && Directory.EnumerateFiles(Path.GetDirectoryName(fullPath)!, "*.csproj").Any())
            || IsOutputOfJava(name, Path.GetDirectoryName(fullPath)!);
    }

    // A Makefile beside the folder may use that output.
    private static bool IsOutputOfJava(string name, string parent)
    {
        string[] buildFiles = name switch
        {
            "target" => ["pom.xml"],
            "build" or ".gradle" => ["build.gradle", "build.gradle.kts"],
            _ => [],
        };
        return buildFiles.Any(f => File.Exists(Path.Combine(parent, f)))
            && !File.Exists(Path.Combine(parent, "Makefile"));
    }
}
