using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Unpacks an archive into an empty folder. Names cannot lead out of it, sizes are counted while they are written and not believed,
/// and nothing is written through a link.
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
        var plan = ArchivePlan.Of(zip.Entries);
        var links = plan.Links.Select(link => (link.Key, Target: ReadLink(link.Value, link.Key))).ToList();
        using var below = new BeneathFolder(folder);
        foreach (var path in plan.Folders)
            below.CreateFolder(path);
        var left = MaxBytes;
        foreach (var (path, entry) in plan.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var from = entry.Open();
            using var to = below.CreateFile(path, executable: (ArchivePlan.ModeOf(entry) & 0x40) != 0);
            left = CopyBounded(from, to, left, entry, path);
        }

        foreach (var (path, target) in links)
            below.CreateLink(path, target);
    }

    private static long CopyBounded(Stream from, Stream to, long left, ZipArchiveEntry entry, string path)
    {
        var buffer = new byte[128 * 1024];
        var sum = new Crc32();
        while (from.Read(buffer) is var read and > 0)
        {
            left -= read;
            if (left < 0)
                throw new InvalidDataException($"it unpacks to more than {MaxBytes >> 30} GiB");
            to.Write(buffer, 0, read);
            sum.Append(buffer.AsSpan(0, read));
        }

        // .NET does not compare it.
        if (sum.GetCurrentHashAsUInt32() != entry.Crc32)
            throw new InvalidDataException($"it is damaged: the check sum of '{path}' is wrong");

        return left;
    }

    private static string ReadLink(ZipArchiveEntry entry, string path)
    {
        using var content = new MemoryStream();
        using (var from = entry.Open())
        {
            if (entry.Length > MaxLinkLength)
                throw new InvalidDataException($"its link '{path}' is too long");
            CopyBounded(from, content, MaxLinkLength, entry, path);
        }

        var target = Encoding.UTF8.GetString(content.ToArray());
        return LinkRule.StaysInside(path, target) ? target : throw new InvalidDataException($"its link '{path}' leads out of the folder, to '{target}'");
    }
}
