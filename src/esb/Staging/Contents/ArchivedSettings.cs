using Esb.Sam.Reading;
using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Files in an archive that ESB reads its settings or its secrets from: left out of the code as they are left out of folders. In an archive a file is known by its name and its content, since
/// it has no place of its own.
/// </summary>
internal static class ArchivedSettings
{
    // No file of settings is larger: its reader refuses it.
    private const long MostBytes = TemplateBytes.Limit;

    /// <returns>Their paths in the archive. None of a damaged one, which nobody unpacks.</returns>
    public static IReadOnlySet<string> In(string archive, Origin origin)
    {
        List<(string Name, byte[] Content)> own = [.. (origin.Project?.Settings ?? []).Where(IsSmall).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f))).Where(f => f.Item2.Length > 0)];
        var leftOut = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, content) in Suspects(archive, own))
        {
            if (Path.GetFileName(path) != GivenValues.FileName && !own.Any(o => o.Content.AsSpan().SequenceEqual(content)))
            {
                if (own.Any(o => o.Name == Path.GetFileName(path)))
                    Doubt(path, archive, origin);
                continue;
            }

            leftOut.Add(path);
            origin.LeftOut($"'{path}' of '{archive}'");
        }

        return leftOut;
    }

    private static void Doubt(string path, string archive, Origin origin) => origin.Warning(
        DiagnosticCodes.NotSupported, $"'{path}' of '{archive}' has the name of a file that esb reads its own settings from, and other content; it stays in the code",
        "make the archive without it, or give a file that the function reads another name");

    private static IReadOnlyDictionary<string, byte[]> Suspects(string archive, IReadOnlyList<(string Name, byte[] Content)> own)
    {
        try
        {
            return ArchiveExtraction.Find(archive, (path, length) => length <= MostBytes
                && (Path.GetFileName(path) is var name && (name == GivenValues.FileName || own.Any(o => o.Name == name || o.Content.Length == length))));
        }
        catch (InvalidDataException)
        {
            return new Dictionary<string, byte[]>();
        }
    }

    private static bool IsSmall(string file) => new FileInfo(file) is { Exists: true, Length: <= MostBytes };
}
