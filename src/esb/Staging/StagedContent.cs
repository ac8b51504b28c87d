using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.Staging;

/// <summary>
/// Detects that the content of a staged folder was changed: functions of process mode run in it as the user who owns
/// it, and can write to it. A record beside the folder has the metadata of its files when it was made, including the
/// change time, which no program can set, and a digest of their contents. If the metadata differ, for example after a
/// restored backup, the digest decides.
/// </summary>
internal static class StagedContent
{
    // Compiled code that an interpreter caches is not a change.
    private const string Compiled = "__pycache__";

    /// <summary>Writes the record of a folder. A folder without a record counts as unchanged.</summary>
    public static void Record(string folder)
    {
        // Renamed into place, since a half-written record that another staging reads would count as a change.
        var whole = $"{RecordOf(folder)}.{Guid.NewGuid():N}";
        File.WriteAllText(whole, $"{Fingerprint(folder, Look)} {Fingerprint(folder, Digest)}");
        File.Move(whole, RecordOf(folder), overwrite: true);
    }

    public static bool IsUnchanged(string folder)
    {
        var record = RecordOf(folder);
        try
        {
            return !File.Exists(record) || OrdinaryFile.ReadText(record).Split(' ') switch
            {
                [var look, var digest] => look == Fingerprint(folder, Look) || digest == Fingerprint(folder, Digest),
                [var older] => older == Fingerprint(folder, OlderLook),
                _ => false,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files in it are being created or removed at this moment, or something in it cannot be inspected.
            return false;
        }
    }

    /// <summary>The size of a folder's record in bytes.</summary>
    public static long SizeOfRecord(string folder) =>
        new FileInfo(RecordOf(folder)) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>Removes a folder's record.</summary>
    public static void Forget(string folder) => File.Delete(RecordOf(folder));

    private static string RecordOf(string folder) => folder + ".content";

    private static string Look(FileInfo file) => Statx.OfLink(file.FullName) is { } facts
        ? string.Create(CultureInfo.InvariantCulture, $"{facts.Size} {facts.Modified.TotalNanoseconds} "
        + $"{facts.Changed.TotalNanoseconds} {facts.Inode} {facts.IsExecutable}")
        : throw new IOException($"{file.FullName} cannot be inspected");

    private static string Digest(FileInfo file)
    {
        // Opening a named pipe would wait forever; a pipe is never staged.
        if (Statx.OfLink(file.FullName) is not { IsFile: true })
            return "no file";
        using var content = file.OpenRead();
        return $"{Convert.ToHexStringLower(SHA256.HashData(content))} {IsExecutable(file)}";
    }

    // The metadata that earlier versions recorded.
    private static string OlderLook(FileInfo file) => string.Create(
        CultureInfo.InvariantCulture, $"{file.Length}\0{file.LastWriteTimeUtc.Ticks}\0{IsExecutable(file)}");

    private static bool IsExecutable(FileInfo file) => (file.UnixFileMode & UnixFileMode.UserExecute) != 0;

    private static string Fingerprint(string folder, Func<FileInfo, string> describe)
    {
        var lines = new List<string>();
        Walk(new DirectoryInfo(folder), "", describe, lines);
        lines.Sort(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Walk(DirectoryInfo folder, string path, Func<FileInfo, string> describe, List<string> lines)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var name = path + item.Name;
            if (item.LinkTarget is { } target)
                lines.Add($"{name}\0link\0{target}");
            else if (item is FileInfo file)
                lines.Add($"{name}\0{describe(file)}");
            else if (item.Name != Compiled)
                Below((DirectoryInfo)item, name, describe, lines);
        }
    }

    private static void Below(DirectoryInfo folder, string name, Func<FileInfo, string> describe, List<string> lines)
    {
        lines.Add($"{name}\0folder");
        Walk(folder, name + "/", describe, lines);
    }
}
