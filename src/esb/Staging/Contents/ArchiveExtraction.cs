using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Unpacks an archive into an empty folder. No name can lead out of the folder, bytes are counted as they are written,
/// since the sizes in the archive are not trusted, and nothing is written through a link.
/// </summary>
internal static class ArchiveExtraction
{
    public const int MaxEntries = 100_000;
    public const long MaxBytes = 2L * 1024 * 1024 * 1024;

    private const int MaxLinkLength = 4096; // PATH_MAX

    /// <param name="archive">The path of the archive.</param>
    /// <param name="folder">The folder to unpack into.</param>
    /// <param name="leftOut">Paths of files that are not unpacked.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="InvalidDataException">
    /// The archive is damaged or too large, or an entry leads out of the folder.
    /// </exception>
    public static void Extract(
        string archive,
        string folder,
        IReadOnlySet<string> leftOut,
        CancellationToken cancellationToken)
    {
        using var zip = ZipFileSource.Open(archive);
        var (plan, links) = PlanOf(zip);
        plan =
            plan with { Files = plan.Files.Where(f => !leftOut.Contains(f.Key)).ToDictionary(StringComparer.Ordinal) };
        using var below = new BeneathFolder(folder);
        foreach (var path in plan.Folders)
            below.CreateFolder(path);
        Read(plan, (path, entry) => below.CreateFile(path, IsExecutable(entry)), cancellationToken);
        foreach (var (path, target) in links)
            below.CreateLink(path, target);
    }

    /// <summary>Reads the whole archive without writing anything.</summary>
    /// <returns>Whether each file and link is executable, by path.</returns>
    /// <exception cref="InvalidDataException">
    /// The archive is damaged or too large, or an entry leads out of the folder.
    /// </exception>
    public static IReadOnlyDictionary<string, bool> Verify(string archive, CancellationToken cancellationToken)
    {
        using var zip = ZipFileSource.Open(archive);
        var (plan, _) = PlanOf(zip);
        Read(plan, (_, _) => Stream.Null, cancellationToken);
        return plan.Files.Concat(plan.Links)
            .ToDictionary(e => e.Key, e => IsExecutable(e.Value), StringComparer.Ordinal);
    }

    /// <summary>Lists the files of an archive, and reads the content of those that are wanted.</summary>
    /// <param name="archive">The path of the archive.</param>
    /// <param name="wants">Whether a file is wanted, by its path and length; called for each file.</param>
    /// <returns>The content of the wanted files, by path.</returns>
    /// <exception cref="InvalidDataException">
    /// The archive is damaged or too large, or an entry leads out of the folder.
    /// </exception>
    public static IReadOnlyDictionary<string, byte[]> Find(string archive, Func<string, long, bool> wants)
    {
        using var zip = ZipFileSource.Open(archive);
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, entry) in PlanOf(zip).Plan.Files.Where(f => wants(f.Key, f.Value.Length)))
        {
            using var content = new MemoryStream();
            using var from = Content(entry, path);
            CopyBounded(from, content, MaxBytes, entry, path);
            found[path] = content.ToArray();
        }

        return found;
    }

    private static bool IsExecutable(ZipArchiveEntry entry) => (ArchivePlan.ModeOf(entry) & 0x40) != 0;

    private static (ArchivePlan Plan, IReadOnlyList<(string Path, string Target)> Links) PlanOf(ZipArchive zip)
    {
        if (zip.Entries.Count > MaxEntries)
            throw new InvalidDataException(
                $"it has {zip.Entries.Count:N0} entries; at most {MaxEntries:N0} are allowed");
        var plan = ArchivePlan.Of(zip.Entries);
        return (plan, [.. plan.Links.Select(link => (link.Key, ReadLink(link.Value, link.Key)))]);
    }

    private static void Read(
        ArchivePlan plan,
        Func<string, ZipArchiveEntry, Stream> open,
        CancellationToken cancellationToken)
    {
        var left = MaxBytes;
        foreach (var (path, entry) in plan.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var from = Content(entry, path);
            using var to = open(path, entry);
            left = CopyBounded(from, to, left, entry, path);
        }
    }

    // .NET's message does not name the entry.
    private static Stream Content(ZipArchiveEntry entry, string path)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"its entry '{path}' is damaged: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static long CopyBounded(Stream from, Stream to, long left, ZipArchiveEntry entry, string path)
    {
        var buffer = new byte[128 * 1024];
        var sum = new Crc32();
        long length = 0;
        while (Next(from, buffer, path) is var read and > 0)
        {
            left -= read;
            length += read;
            if (left < 0)
                throw new InvalidDataException($"it unpacks to more than {MaxBytes >> 30} GiB");
            to.Write(buffer, 0, read);
            sum.Append(buffer.AsSpan(0, read));
        }

        // .NET checks neither the length nor the checksum.
        if (length != entry.Length)
            throw new InvalidDataException(
                $"it is damaged: '{path}' has {length:N0} bytes, and {entry.Length:N0} by its list of entries");
        if (sum.GetCurrentHashAsUInt32() != entry.Crc32)
            throw new InvalidDataException($"it is damaged: the checksum of '{path}' is wrong");
        return left;
    }

    private static int Next(Stream from, byte[] buffer, string path)
    {
        try
        {
            return from.Read(buffer);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"its entry '{path}' is damaged: {e.Message.TrimEnd('.')}", e);
        }
    }

    private static string ReadLink(ZipArchiveEntry entry, string path)
    {
        using var content = new MemoryStream();
        using (var from = Content(entry, path))
        {
            if (entry.Length > MaxLinkLength)
                throw new InvalidDataException($"its link '{path}' is too long");
            CopyBounded(from, content, MaxLinkLength, entry, path);
        }

        var target = Encoding.UTF8.GetString(content.ToArray());
        if (target.Contains('\uFFFD'))
            throw new InvalidDataException($"the target of its link '{path}' is not UTF-8");
        return LinkRule.StaysInside(path, target)
            ? target
            : throw new InvalidDataException($"its link '{path}' leads out of the folder, to '{target}'");
    }
}
