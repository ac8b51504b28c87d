using Esb.Host.Text;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Templates;

/// <summary>
/// Finds files that are probably meant to be read but are not, since they have the wrong name or are in the wrong
/// folder.
/// </summary>
internal static class UnreadSettingFiles
{
    // Data files of these kinds; `samconfig.json` is one that sam does not read either.
    private static readonly string[] Extensions = [".yaml", ".yml", ".json", ".toml"];

    /// <param name="configFolder">The folder of <c>samconfig</c> files.</param>
    /// <param name="valuesAreNamed">Whether the command line names the file of values, so that none is searched
    /// for.</param>
    /// <returns>A warning for each of them.</returns>
    public static IEnumerable<Diagnostic> In(string configFolder, bool valuesAreNamed)
    {
        foreach (var file in Near(configFolder, SamConfig.FileNames))
            yield return Warning(
                file,
                $"is not read: settings of sam are in {SamConfig.FileNames[0]}, "
                    + $"{SamConfig.FileNames[1]} or {SamConfig.FileNames[2]}",
                "rename it, or remove it");
        if (valuesAreNamed)
            yield break;
        foreach (var file in Near(".", [GivenValues.FileName]))
            yield return Warning(
                file,
                $"is not read: values that are on AWS are in {GivenValues.FileName}",
                "rename it, remove it, or name it with --values");
        if (Path.GetFullPath(configFolder) == Directory.GetCurrentDirectory())
            yield break;
        foreach (var file in Near(configFolder, [GivenValues.FileName]).Concat(Exact(configFolder)))
            yield return Warning(
                file,
                $"is not read: {GivenValues.FileName} is read from the folder in which esb runs",
                "run esb there, or name the file with --values");
    }

    private static Diagnostic Warning(string file, string message, string help) =>
        new(Severity.Warning, DiagnosticCodes.Setting, message, file, Help: help);

    private static IEnumerable<string> Exact(string folder) =>
        Path.Combine(folder, GivenValues.FileName) is var file && File.Exists(file) ? [file] : [];

    private static List<string> Near(string folder, IReadOnlyList<string> known)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder.Length == 0 ? "." : folder)
                .Where(file => !known.Contains(Path.GetFileName(file))
                    && IsNear(Path.GetFileName(file).ToLowerInvariant(), Path.GetFileNameWithoutExtension(known[0])))
                .Select(file => folder == "." ? Path.GetFileName(file) : file)
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // The code that reads a file in the folder reports the error.
        }
    }

    private static bool IsNear(string name, string known)
    {
        // Backup files of editors.
        if (name.EndsWith('~'))
            return false;
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        return Extensions.Contains(extension)
            ? EditDistance.Between(stem, known) <= 1
            : stem == known && (extension.Length == 0 || Extensions.Any(e => EditDistance.Between(extension, e) <= 1));
    }
}
