using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Host.Files;

namespace Esb.Cli.Removing.Code;

/// <summary>The staged code of a state folder.</summary>
internal static class StagedCodeFolders
{
    private const string Images = "images";
    private const string Unfinished = ".staging-";

    /// <param name="state">The state folder.</param>
    /// <param name="environment">Lists only code of this environment; null for all, with layers, which belong to no
    /// environment.</param>
    public static IReadOnlyList<string> Of(StateFolder state, string? environment)
    {
        var environments = environment is null ? Below(state.Code) : [Path.Combine(state.Code, environment)];
        var ofImages = environment is null
            ? Below(Path.Combine(state.Code, Images))
            : [Path.Combine(state.Code, Images, environment)];
        return [
            .. environments.SelectMany(Code), .. ofImages.SelectMany(Code),
            .. environment is null ? Code(state.Layers) : [],
        ];
    }

    /// <summary>
    /// Renames a folder in one step, so that it can no longer be found, then deletes its files and its empty parent
    /// folders.
    /// </summary>
    public static void Remove(string folder)
    {
        var parent = Path.GetDirectoryName(folder)!;
        // The folder gets the name of an unfinished staging. If this process is killed, the next staging of the
        // function or the next prune completes the removal.
        var renamed = Path.Combine(parent, $"{Unfinished}{Environment.ProcessId}-{Guid.NewGuid():N}");
        StagedContent.Forget(folder);
        Directory.Move(folder, renamed);
        FolderRemoval.Remove(renamed);
        if (!Directory.EnumerateFileSystemEntries(parent).Any())
            Directory.Delete(parent);
    }

    /// <summary>The size in bytes of a folder's files, without links, and of its record.</summary>
    public static long Size(string folder) => FolderSize.Of(folder) + StagedContent.SizeOfRecord(folder);

    private static IEnumerable<string> Code(string root) =>
        Below(root).SelectMany(Below).Where(f => IsCode(Path.GetFileName(f)));

    private static IEnumerable<string> Below(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal) : [];

    private static bool IsCode(string name) =>
        name.StartsWith(Unfinished, StringComparison.Ordinal) || NamedCode.IsKey(name);
}
