using System.IO.Compression;
using System.Text;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Unpacks an archive into an empty folder. Names cannot lead out of it, sizes are counted while they are written and not believed,
/// and links come last, so that no file is ever written through one.
/// </summary>
internal static class ArchiveExtraction
{
    public const int MaxEntries = 100_000;
    public const long MaxBytes = 2L * 1024 * 1024 * 1024;

    private const int MaxLinkLength = 4096; // PATH_MAX

    /// <exception cref="InvalidDataException">The archive is damaged, too large, or leads out of the folder.</exception>
    public static void Extract(string archive, string folder, CancellationToken cancellationToken)
    {
        using var zip = ZipFile.OpenRead(archive);
        if (zip.Entries.Count > MaxEntries)
            throw new InvalidDataException($"it has {zip.Entries.Count:N0} entries; allowed are {MaxEntries:N0}");
        var left = MaxBytes;
        List<(string Path, string Target)> links = [];
        foreach (var entry in zip.Entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = SafePath(entry.FullName);
            var mode = (uint)entry.ExternalAttributes >> 16; // Unix mode, as Info-ZIP stores it; 0 from other systems
            if (entry.FullName.EndsWith('/'))
                Directory.CreateDirectory(Path.Combine(folder, path));
            else if ((mode & 0xF000) == 0xA000)
                links.Add((path, ReadLink(entry, path)));
            else
                WriteFile(entry, Path.Combine(folder, path), (mode & 0x40) != 0, ref left);
        }

        foreach (var (path, target) in links)
            WriteLink(Path.Combine(folder, path), target);
    }

    private static string SafePath(string name)
    {
        var path = name.TrimEnd('/');
        var unsafeName = path.Length == 0 || path.StartsWith('/') || path.Contains('\\') || path.Contains('\0')
            || path.Split('/').Any(segment => segment is "" or "." or "..");
        return unsafeName ? throw new InvalidDataException($"its entry '{name}' leads out of the folder") : path;
    }

    private static void WriteFile(ZipArchiveEntry entry, string path, bool executable, ref long left)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var from = entry.Open())
        using (var to = new FileStream(path, FileMode.Create, FileAccess.Write))
            left = CopyBounded(from, to, left);
        if (executable)
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    private static long CopyBounded(Stream from, Stream to, long left)
    {
        var buffer = new byte[128 * 1024];
        while (from.Read(buffer) is var read and > 0)
        {
            left -= read;
            if (left < 0)
                throw new InvalidDataException($"it unpacks to more than {MaxBytes >> 30} GiB");
            to.Write(buffer, 0, read);
        }

        return left;
    }

    private static string ReadLink(ZipArchiveEntry entry, string path)
    {
        using var content = new MemoryStream();
        using (var from = entry.Open())
        {
            if (entry.Length > MaxLinkLength)
                throw new InvalidDataException($"its link '{path}' is too long");
            CopyBounded(from, content, MaxLinkLength);
        }

        var target = Encoding.UTF8.GetString(content.ToArray());
        return LinkRule.StaysInside(path, target) ? target : throw new InvalidDataException($"its link '{path}' leads out of the folder, to '{target}'");
    }

    private static void WriteLink(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (Path.Exists(path))
            throw new InvalidDataException($"'{Path.GetFileName(path)}' is in it twice");
        File.CreateSymbolicLink(path, target);
    }
}
