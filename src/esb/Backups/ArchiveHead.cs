using System.Formats.Tar;
using System.Text.Json;
using Esb.AdminProtocol.Stores;
using Esb.Host.Files;

namespace Esb.Cli.Backups;

/// <summary>Looks at the beginning of a file that is to be restored. Only the stores read it to its end.</summary>
internal static class ArchiveHead
{
    private const string Help = "esb backup writes what can be restored";

    /// <summary>Whether a file is compressed, as the snapshots of <c>esb remove --delete-data</c> are.</summary>
    /// <exception cref="CommandFailure">There is no such file.</exception>
    public static bool IsSnapshot(string path)
    {
        if (OrdinaryFile.Instead(path) is { } other)
            throw CommandFailure.Usage($"{path} is {other}, not a file", Help);
        if (!File.Exists(path))
            throw CommandFailure.Usage(
                $"there is no file {path}", "name the file that esb backup or esb remove --delete-data wrote");
        Span<byte> start = stackalloc byte[2];
        using var file = OrdinaryFile.Open(path);
        // RFC 1952, 2.3.1
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == 2 && start is [0x1f, 0x8b];
    }

    /// <exception cref="CommandFailure">The file does not begin as a backup does, or is one of a newer ESB.</exception>
    public static BackupManifest Read(string path)
    {
        try
        {
            using var file = OrdinaryFile.Open(path);
            using var tar = new TarReader(file);
            if (tar.GetNextEntry() is not { Name: BackupManifest.Name, Length: <= BackupManifest.MaxBytes } entry)
                throw Unusable(path, $"it does not begin with {BackupManifest.Name}");
            using var document = JsonDocument.Parse(entry.DataStream ?? Stream.Null);
            var format = document.RootElement.GetProperty("format").GetInt32();
            return format <= BackupManifest.CurrentFormat
                ? document.RootElement.Deserialize(StoresAdminJson.Default.BackupManifest)!
                : throw CommandFailure.Usage(
                    $"{path} has format {format}, and this ESB reads formats up to {BackupManifest.CurrentFormat}; "
                        + "nothing was changed",
                    "restore it with the version of ESB that wrote it, or a newer one");
        }
        catch (EndOfStreamException)
        {
            throw Unusable(path, "it is too short for one");
        }
        catch (Exception e) when (e is InvalidDataException or FormatException
            or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unusable(path, e.Message);
        }
    }

    private static CommandFailure Unusable(string path, string reason) => CommandFailure.Usage(
        $"{path} is not a backup: {reason}; nothing was changed", Help);
}
