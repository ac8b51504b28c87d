using System.Formats.Tar;
using System.Text;
using System.Text.Json;
using Esb.AdminProtocol.Stores;

namespace Esb.Stores.Backups;

/// <summary>
/// Unpacks an archive into an empty folder, and verifies that it is whole: names, sizes, counts, and the checksum of
/// every byte.
/// </summary>
internal static class ArchiveReader
{
    private const string TakeAnother = "the backup cannot be restored; take another one";

    /// <returns>The manifest.</returns>
    /// <exception cref="BackupProblem">It is not a backup, not a whole one, or one of a newer ESB.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static async Task<BackupManifest> UnpackAsync(
        Stream source, string folder, CancellationToken cancellation)
    {
        await using var hashed = new HashedInput(source);
        await using var tar = new TarReader(hashed, leaveOpen: true);
        var manifest = await ReadManifestAsync(tar, cancellation);
        RequireRoom(folder, manifest.Bytes);
        try
        {
            return await UnpackAsync(tar, hashed, manifest, folder, cancellation);
        }
        catch (EndOfStreamException)
        {
            throw Truncated();
        }
    }

    private static async Task<BackupManifest> UnpackAsync(
        TarReader tar, HashedInput hashed, BackupManifest manifest, string folder, CancellationToken cancellation)
    {
        var (files, bytes) = (0L, 0L);
        while (await NextAsync(tar, cancellation) is { } entry)
        {
            if (entry.Name == BackupManifest.ChecksumName)
            {
                var digest = hashed.DigestBeforeLastBlock();
                // TarReader reads headers without verifying their own sums, and no other sum covers this one.
                if (!TarHeader.IsIntact(hashed.LastBlock))
                    throw BackupProblem.Unusable("it is damaged: the header of its checksum is", TakeAnother);
                if (await TextAsync(entry, BackupManifest.ChecksumLength, cancellation)
                    != digest.PadRight(BackupManifest.ChecksumLength))
                    throw BackupProblem.Unusable("it is damaged: its checksum is another one", TakeAnother);
                await RequireEndAsync(hashed, cancellation);
                return (files, bytes) == (manifest.Files, manifest.Bytes)
                    ? manifest
                    : throw BackupProblem.Unusable(
                        $"it holds {files} files with {bytes} bytes, and its manifest says {manifest.Files} with "
                            + $"{manifest.Bytes}",
                        TakeAnother);
            }

            bytes += await UnpackAsync(entry, folder, cancellation);
            files++;
        }

        throw Truncated();
    }

    private static async Task<BackupManifest> ReadManifestAsync(TarReader tar, CancellationToken cancellation)
    {
        const string Help = "esb backup writes what can be restored";
        try
        {
            if (await tar.GetNextEntryAsync(cancellationToken: cancellation)
                is not { Name: BackupManifest.Name, Length: <= BackupManifest.MaxBytes } entry)
                throw BackupProblem.Unusable($"it is not a backup: it does not begin with {BackupManifest.Name}", Help);
            using var document = JsonDocument.Parse(await TextAsync(entry, (int)entry.Length, cancellation));
            // Read first: the rest of a newer format may have any form.
            var format = document.RootElement.GetProperty("format").GetInt32();
            if (format > BackupManifest.CurrentFormat)
                throw BackupProblem.Unusable(
                    $"it has format {format}, and this ESB reads formats up to {BackupManifest.CurrentFormat}",
                    "restore it with the version of ESB that wrote it, or a newer one");
            var manifest = document.RootElement.Deserialize(StoresAdminJson.Default.BackupManifest)!;
            return (manifest.Contents.Tables, manifest.Contents.Objects) switch
            {
                (null, _) => throw BackupProblem.Unusable("it has no tables", TakeAnother),
                (_, null) => throw BackupProblem.Unusable("it has no buckets", TakeAnother),
                _ => manifest,
            };
        }
        catch (EndOfStreamException)
        {
            throw BackupProblem.Unusable("it is not a backup: it is too short for one", Help);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw BackupProblem.Unusable($"it is not a backup: {e.Message}", Help);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw BackupProblem.Unusable($"its manifest cannot be read: {e.Message}", TakeAnother);
        }
    }

    private static void RequireRoom(string folder, long bytes)
    {
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (bytes > free)
            throw new BackupProblem(
                StatusCodes.Status507InsufficientStorage,
                $"it needs {bytes} bytes, and the disk of {folder} has {free} left",
                "make room on the disk; the old data is removed only after the new data is there");
    }

    private static async Task<TarEntry?> NextAsync(TarReader tar, CancellationToken cancellation)
    {
        try
        {
            return await tar.GetNextEntryAsync(cancellationToken: cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw BackupProblem.Unusable($"it is damaged: {e.Message}", TakeAnother);
        }
    }

    private static async Task<long> UnpackAsync(TarEntry entry, string folder, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, entry.Name);
        if (entry.EntryType != TarEntryType.RegularFile || !ArchiveName.IsKnown(entry.Name) || File.Exists(path))
            throw BackupProblem.Unusable(
                $"'{entry.Name}' is nothing that this ESB has, or is there twice",
                "restore it with the version of ESB that wrote it, or a newer one");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        if (entry.DataStream is { } content)
            await content.CopyToAsync(file, cancellation);
        return file.Length == entry.Length ? entry.Length : throw Truncated();
    }

    private static async Task<string> TextAsync(TarEntry entry, int length, CancellationToken cancellation)
    {
        var text = new byte[length];
        if (entry.Length != length || entry.DataStream is not { } content)
            return "";
        await content.ReadExactlyAsync(text, cancellation);
        return Encoding.UTF8.GetString(text);
    }

    private static async Task RequireEndAsync(Stream rest, CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        int count;
        while ((count = await rest.ReadAsync(buffer, cancellation)) > 0)
        {
            if (buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
                throw BackupProblem.Unusable("it has something after its end", TakeAnother);
        }
    }

    private static BackupProblem Truncated() =>
        BackupProblem.Unusable("it is not whole: its end is missing", TakeAnother);
}
