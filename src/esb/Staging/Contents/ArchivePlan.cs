using System.IO.Compression;

namespace Esb.Cli.Staging.Contents;

/// <summary>What an archive makes, decided from its list of entries before anything is written.</summary>
/// <param name="Files">By their path below the folder. Of two with one name the later counts, as unzip has it.</param>
/// <param name="Links">Likewise.</param>
/// <param name="Folders">Those that are named.</param>
internal sealed record ArchivePlan(IReadOnlyDictionary<string, ZipArchiveEntry> Files, IReadOnlyDictionary<string, ZipArchiveEntry> Links, IReadOnlyCollection<string> Folders)
{
    private const uint TypeMask = 0xF000;
    private const uint Link = 0xA000;

    /// <exception cref="InvalidDataException">An entry leads out of the folder, or lies below one that is no folder.</exception>
    public static ArchivePlan Of(IReadOnlyCollection<ZipArchiveEntry> entries)
    {
        var files = new Dictionary<string, ZipArchiveEntry>(entries.Count, StringComparer.Ordinal);
        var links = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var path = PathOf(entry.FullName);
            if (entry.FullName.EndsWith('/') || path.Length == 0)
                folders.Add(path);
            else if ((ModeOf(entry) & TypeMask) != Link)
                files[path] = entry;
            else if (!links.TryAdd(path, entry))
                throw Twice(path);
        }

        foreach (var path in files.Keys.Concat(links.Keys).Concat(folders))
        {
            if ((files.ContainsKey(path) ? 1 : 0) + (links.ContainsKey(path) ? 1 : 0) + (folders.Contains(path) ? 1 : 0) > 1)
                throw Twice(path);
            RequireFolders(path, files, links);
        }

        folders.Remove("");
        return new ArchivePlan(files, links, folders);
    }

    /// <summary>The Unix mode, as Info-ZIP stores it; 0 from other systems.</summary>
    public static uint ModeOf(ZipArchiveEntry entry) => (uint)entry.ExternalAttributes >> 16;

    // "./app.py" is what tar and some build tools write for app.py.
    private static string PathOf(string name)
    {
        var steps = name.TrimEnd('/').Split('/');
        var unsafeName = name.Length == 0 || name.StartsWith('/') || name.Contains('\\') || name.Contains('\0') || steps.Contains("..");
        return unsafeName
            ? throw new InvalidDataException($"its entry '{name}' leads out of the folder")
            : string.Join('/', steps.Where(step => step is not ("" or ".")));
    }

    // So nothing is written through a link, and a link's own rule starts at its real folder.
    private static void RequireFolders(string path, Dictionary<string, ZipArchiveEntry> files, Dictionary<string, ZipArchiveEntry> links)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            if (links.ContainsKey(path[..at]))
                throw new InvalidDataException($"its entry '{path}' lies below a link, '{path[..at]}'");
            if (files.ContainsKey(path[..at]))
                throw new InvalidDataException($"its entry '{path}' lies below a file, '{path[..at]}'");
        }
    }

    private static InvalidDataException Twice(string path) => new($"'{path}' is in it twice");
}
