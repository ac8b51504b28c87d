using System.IO.Compression;
using System.Text;

namespace Esb.Cli.Staging.Contents;

/// <summary>The content of an archive, determined from its list of entries before anything is written.</summary>
/// <param name="Files">The files, by their path below the folder.</param>
/// <param name="Links">The links, likewise.</param>
/// <param name="Folders">The folders that have an entry of their own.</param>
internal sealed record ArchivePlan(
    IReadOnlyDictionary<string, ZipArchiveEntry> Files,
    IReadOnlyDictionary<string, ZipArchiveEntry> Links,
    IReadOnlyCollection<string> Folders)
{
    private const uint TypeMask = 0xF000;
    private const uint Link = 0xA000;
    private const uint Folder = 0x4000;
    private const uint RegularFile = 0x8000;

    private const int LongestName = 255; // NAME_MAX

    // .NET's replacement for bytes that are not UTF-8.
    private const char NotUtf8 = '\uFFFD';

    /// <exception cref="InvalidDataException">
    /// An entry leads out of the folder, cannot be unpacked, is in the archive twice, or is below an entry that is not
    /// a folder.
    /// </exception>
    public static ArchivePlan Of(IReadOnlyCollection<ZipArchiveEntry> entries)
    {
        var files = new Dictionary<string, ZipArchiveEntry>(entries.Count, StringComparer.Ordinal);
        var links = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var path = PathOf(entry.FullName);
            RequireReadable(entry, path);
            if (IsFolder(entry) || path.Length == 0)
                folders.Add(path);
            else if (!((ModeOf(entry) & TypeMask) == Link ? links : files).TryAdd(path, entry)
                && !IsSame(entry, files.GetValueOrDefault(path)))
                throw Twice(path);
        }

        foreach (var path in files.Keys.Concat(links.Keys).Concat(folders))
        {
            if ((files.ContainsKey(path) ? 1 : 0)
                + (links.ContainsKey(path) ? 1 : 0)
                + (folders.Contains(path) ? 1 : 0) > 1)
                throw Twice(path);
            RequireFolders(path, files, links);
        }

        folders.Remove("");
        return new ArchivePlan(files, links, folders);
    }

    /// <summary>The Unix mode, as Info-ZIP stores it; 0 from other systems.</summary>
    public static uint ModeOf(ZipArchiveEntry entry) => (uint)entry.ExternalAttributes >> 16;

    private static bool IsFolder(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith('/') || ((ModeOf(entry) & TypeMask) == Folder && entry.Length == 0);

    // Some tools that join jars write the same file twice. Two different files with the same name are an error, since
    // nobody can know which one is meant.
    private static bool IsSame(ZipArchiveEntry one, ZipArchiveEntry? other) =>
        other is not null && one.Crc32 == other.Crc32 && one.Length == other.Length;

    private static void RequireReadable(ZipArchiveEntry entry, string path)
    {
        if (entry.FullName.Contains(NotUtf8))
            throw new InvalidDataException($"the name of its entry '{path}' is not UTF-8");
        if (path.Split('/').Any(step => Encoding.UTF8.GetByteCount(step) > LongestName))
            throw new InvalidDataException($"the name of its entry '{path}' is too long");
        if (entry.IsEncrypted)
            throw new InvalidDataException($"its entry '{path}' is encrypted");
        var what = (ModeOf(entry) & TypeMask) switch
        {
            0 or RegularFile or Link => null,
            Folder => entry.Length == 0 ? null : "a folder with content",
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => "neither a file, a folder nor a link",
        };
        if (what is not null)
            throw new InvalidDataException($"its entry '{path}' is {what}");
    }

    // Removes empty and "." steps: some build tools write "./app.py" for app.py.
    private static string PathOf(string name)
    {
        var steps = name.TrimEnd('/').Split('/');
        var unsafeName = name.Length == 0 || name.StartsWith('/') || name.Contains('\\') || name.Contains('\0')
            || steps.Contains("..");
        return unsafeName
            ? throw new InvalidDataException($"its entry '{name}' leads out of the folder")
            : string.Join('/', steps.Where(step => step is not ("" or ".")));
    }

    // Every parent must be a folder, so that nothing is written through a link, and a link's target is resolved from
    // its real folder.
    private static void RequireFolders(
        string path,
        Dictionary<string, ZipArchiveEntry> files,
        Dictionary<string, ZipArchiveEntry> links)
    {
        for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
        {
            if (links.ContainsKey(path[..at]))
                throw new InvalidDataException($"its entry '{path}' is below a link, '{path[..at]}'");
            if (files.ContainsKey(path[..at]))
                throw new InvalidDataException($"its entry '{path}' is below a file, '{path[..at]}'");
        }
    }

    private static InvalidDataException Twice(string path) => new($"'{path}' is in it twice");
}
