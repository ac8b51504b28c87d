using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.SupportBundles;

/// <summary>One file in a support bundle, its secrets removed.</summary>
internal sealed record BundleEntry(string Name, string Text);

/// <summary>Writes a <c>.tar.gz</c> that only its owner may read.</summary>
internal static class BundleArchive
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <param name="path">The path, which must not exist; the file appears when it is complete.</param>
    /// <param name="folder">The folder into which it unpacks.</param>
    /// <param name="entries">Its files.</param>
    /// <param name="now">The modification time of its files.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is left.</param>
    /// <exception cref="CommandFailure">The file exists.</exception>
    public static async Task WriteAsync(
        string path,
        string folder,
        IReadOnlyList<BundleEntry> entries,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        using var work = UnfinishedFolder.Create(path);
        var whole = Path.Combine(work.Path, "archive");
        await using (var file = new FileStream(whole, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        }))
        await using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
        await using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var entry in entries)
            {
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(entry.Text));
                var packed = new PaxTarEntry(TarEntryType.RegularFile, $"{folder}/{entry.Name}")
                {
                    Mode = OwnerOnly,
                    ModificationTime = now,
                    DataStream = content,
                };
                await tar.WriteEntryAsync(packed, cancellationToken);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (File.Exists(path))
            throw Exists(path);
        File.Move(whole, path);
    }

    public static CommandFailure Exists(string path) =>
        CommandFailure.Usage($"{path} already exists", "name another file with -o, or remove it");
}
