using Esb.Host.Files;
using Esb.Sam.Reading;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Finds files in an archive that hold settings or secrets of ESB, or that ESB itself wrote. They are left out of the
/// code, as they are in folders. In an archive they are recognised by name and content, since their original path is
/// unknown.
/// </summary>
internal static class ArchivedSettings
{
    // No settings file is larger, since ESB refuses to read one that is.
    private const long MostBytes = TemplateBytes.Limit;

    /// <returns>The paths of these files in the archive; empty for a damaged archive, which is not unpacked.</returns>
    public static IReadOnlySet<string> In(string archive, Origin origin)
    {
        var own = Read(origin.Project?.Settings ?? []);
        var named = Read(origin.Project?.NamedFiles ?? []);
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        List<string> paths = [];
        foreach (var (path, content) in Suspects(archive, own, named, paths))
        {
            if (named.Any(n => n.Content.AsSpan().SequenceEqual(content)))
            {
                leftOut.Add(path);
                origin.LeftOutNamed($"'{path}' of '{archive}'");
                continue;
            }

            if (Path.GetFileName(path) != GivenValues.FileName
                && !own.Any(o => o.Content.AsSpan().SequenceEqual(content)))
            {
                if (own.Any(o => o.Name == Path.GetFileName(path)))
                    Doubt(path, archive, origin);
                continue;
            }

            leftOut.Add(path);
            origin.LeftOut($"'{path}' of '{archive}'");
        }

        foreach (var (place, isBelow) in OwnIn(paths))
        {
            leftOut.UnionWith(
                paths.Where(p => p == place || (isBelow && p.StartsWith(place + "/", StringComparison.Ordinal))));
            origin.LeftOutOwn($"'{place}' of '{archive}'");
        }

        return leftOut;
    }

    // Folders and files that ESB itself wrote, found by the same rules as in folders.
    private static IEnumerable<(string Place, bool IsFolder)> OwnIn(IReadOnlyCollection<string> paths)
    {
        var names = new SortedDictionary<string, HashSet<string>>(StringComparer.Ordinal) { [""] = [] };
        foreach (var path in paths)
        {
            for (var (at, folder) = (path, ""); at.Length > 0; at = folder)
            {
                folder = Path.GetDirectoryName(at) ?? "";
                names.TryAdd(folder, new HashSet<string>(StringComparer.Ordinal));
                if (!names[folder].Add(Path.GetFileName(at)))
                    break;
            }
        }

        List<string> whole = [];
        foreach (var (folder, held) in names)
        {
            if (whole.Exists(w => folder.StartsWith(w + "/", StringComparison.Ordinal)))
                continue;
            var kind = PlatformContent.KindOf(held);
            if (kind == PlatformFolderKind.Whole && folder.Length > 0)
            {
                whole.Add(folder);
                yield return (folder, true);
                continue;
            }

            foreach (var name in held.Where(n => PlatformContent.IsOwn(n, kind)).Order(StringComparer.Ordinal))
            {
                var place = folder.Length == 0 ? name : $"{folder}/{name}";
                yield return (place, names.ContainsKey(place));
            }
        }
    }

    private static void Doubt(string path, string archive, Origin origin) => origin.Warning(
        DiagnosticCodes.NotSupported, $"'{path}' of '{archive}' has the name of a file that esb reads its own settings "
            + "from, but other content; it stays in the code",
        "make the archive without it, or give a file that the function reads another name");

    private static IReadOnlyDictionary<string, byte[]> Suspects(
        string archive,
        IReadOnlyList<(string Name, byte[] Content)> own,
        IReadOnlyList<(string Name, byte[] Content)> named,
        List<string> paths)
    {
        try
        {
            return ArchiveExtraction.Find(archive, (path, length) =>
            {
                paths.Add(path);
                var name = Path.GetFileName(path);
                return length <= MostBytes
                    && (name == GivenValues.FileName || own.Any(o => o.Name == name || o.Content.Length == length)
                        || named.Any(n => n.Content.Length == length));
            });
        }
        catch (InvalidDataException)
        {
            return new Dictionary<string, byte[]>();
        }
    }

    private static IReadOnlyList<(string Name, byte[] Content)> Read(IReadOnlyList<string> files) =>
    [
        .. files.Where(IsSmall)
            .Select(f => (Path.GetFileName(f), OrdinaryFile.ReadAll(f, TemplateBytes.Limit)))
            .Where(f => f.Item2.Length > 0),
    ];

    private static bool IsSmall(string file) => Statx.Of(file) is { IsFile: true, Size: <= MostBytes };
}
