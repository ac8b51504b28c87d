using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Esb.AdminProtocol.Stores;

namespace Esb.Stores.Backups;

/// <summary>Writes an archive: the manifest, the files of a folder, and a checksum of both.</summary>
internal static class ArchiveWriter
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int BufferSize = 128 * 1024;

    // The size in a header of ustar has eleven octal digits.
    private const long MaxUstarBytes = (1L << 33) - 1;

    /// <param name="target">Receives the archive.</param>
    /// <param name="folder">The files, in <c>objects</c> and <c>tables</c>.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="cancellation">Cancels it; the archive is then unfinished.</param>
    /// <exception cref="IOException">A file cannot be read, or the archive cannot be written.</exception>
    public static async Task WriteAsync(
        Stream target, string folder, BackupManifest manifest, CancellationToken cancellation)
    {
        await using var hashed = new HashedOutput(target);
        await using (var tar = new TarWriter(hashed, TarEntryFormat.Ustar, leaveOpen: true))
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(manifest, StoresAdminJson.Default.BackupManifest);
            await AddAsync(tar, BackupManifest.Name, new MemoryStream(json), manifest, cancellation);
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                await using var content = new FileStream(
                    file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BufferSize);
                await AddAsync(tar, Path.GetRelativePath(folder, file), content, manifest, cancellation);
            }

            var digest = new MemoryStream(Encoding.ASCII.GetBytes(
                hashed.Digest().PadRight(BackupManifest.ChecksumLength)));
            await AddAsync(tar, BackupManifest.ChecksumName, digest, manifest, cancellation);
        }

        await target.FlushAsync(cancellation);
    }

    private static async Task AddAsync(
        TarWriter tar, string name, Stream content, BackupManifest manifest, CancellationToken cancellation)
    {
        PosixTarEntry entry = content.Length > MaxUstarBytes
            ? new PaxTarEntry(TarEntryType.RegularFile, name)
            : new UstarTarEntry(TarEntryType.RegularFile, name);
        entry.Mode = OwnerOnly;
        entry.ModificationTime = manifest.CreatedAt;
        entry.DataStream = content;
        await tar.WriteEntryAsync(entry, cancellation);
    }
}
