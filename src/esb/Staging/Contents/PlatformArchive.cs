using System.IO.Compression;
using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Recognises archives that ESB itself makes: bundles, support bundles, and snapshots of deleted tables and buckets.
/// They are recognised by their first bytes, whatever their name is.
/// </summary>
internal static class PlatformArchive
{
    private const byte Extended = (byte)'x';
    private const int Beginning = 6 * TarBlocks.Length;
    private const int Smallest = 64;
    private const int SnapshotDigits = 6;
    private const string SupportName = "esb-support-";
    private const uint ForOthers = 0b000_111_111;

    /// <summary>The name of such an archive in messages; null if the file is not such an archive.</summary>
    public static string? Of(string path, Statx facts)
    {
        // ESB makes these archives readable by their owner only. Other files are opened only if they have a usual name.
        var isOpened = (facts.Mode & ForOthers) == 0 || HasUsualName(Path.GetFileName(path));
        if (!facts.IsFile || facts.Size < Smallest || !isOpened)
            return null;
        try
        {
            return Kind(Read(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null; // The code that reads the whole file reports the error.
        }
    }

    private static bool HasUsualName(string name) =>
        name.EndsWith(".esb", StringComparison.Ordinal) || name.EndsWith(".tar.gz", StringComparison.Ordinal);

    private static byte[] Read(string path)
    {
        using var file = OrdinaryFile.Open(path);
        if (file.ReadByte() != 0x1f || file.ReadByte() != 0x8b)
            return [];
        file.Position = 0;
        using var content = new GZipStream(file, CompressionMode.Decompress);
        var bytes = new byte[Beginning];
        return bytes[..content.ReadAtLeast(bytes, Beginning, throwOnEndOfStream: false)];
    }

    private static string? Kind(byte[] tar)
    {
        var header = FirstEntry(tar);
        if (tar.Length < header + (2 * TarBlocks.Length))
            return null;
        var name = Encoding.UTF8.GetString(tar.AsSpan(header, TarBlocks.NameLength)).TrimEnd('\0');
        if (name == "manifest.json")
            return IsManifest(Encoding.UTF8.GetString(tar.AsSpan(header + TarBlocks.Length))) ? "the bundle" : null;
        if (name.StartsWith(SupportName, StringComparison.Ordinal)
            && name[SupportName.Length..] is [>= '0' and <= '9', ..])
            return "the support bundle";
        return IsSnapshot(name.Split('/')) ? "the snapshot" : null;
    }

    // In POSIX.1-2001, an extended header, which is an entry of its own, can precede an entry.
    private static int FirstEntry(byte[] tar) =>
        tar.Length >= TarBlocks.Length && tar[TarBlocks.TypeAt] == Extended
            && TarBlocks.SmallSize(tar) is <= Beginning and var size
            ? TarBlocks.Length + size + TarBlocks.Padding(size)
            : 0;

    private static bool IsManifest(string content) =>
        string.Concat(content.Where(c => !char.IsWhiteSpace(c))) is var json
        && json.StartsWith("{\"format\":", StringComparison.Ordinal)
        && json.Contains(",\"esb\":\"", StringComparison.Ordinal);

    private static bool IsSnapshot(string[] steps) =>
        steps is ["tables" or "buckets", _, { Length: > SnapshotDigits } file]
        && file[..SnapshotDigits].All(char.IsAsciiDigit)
        && file[SnapshotDigits..] == (steps[0] == "tables" ? ".jsonl" : ".json");
}
