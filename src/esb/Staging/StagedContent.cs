using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Host.Files;

namespace Esb.Cli.Staging;

/// <summary>
/// Notices that a staged folder no longer has what was staged: functions of process mode run in it as the user who owns
/// it, and may write. Beside the folder stands what its files looked like when it was made, down to the time of their
/// last change, which nobody can set, and a digest of their contents: where they look otherwise, as after a backup was
/// restored, the digest decides.
/// </summary>
internal static class StagedContent
{
    // What an interpreter keeps of the code it ran is the same code.
    private const string Compiled = "__pycache__";

    /// <summary>Writes it down. A folder about which nothing is written counts as unchanged.</summary>
    public static void Record(string folder)
    {
        // Renamed into place: a record that another staging read half written would count as a change.
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
            // Files come and go in it at this moment, or something in it cannot be looked at.
            return false;
        }
    }

    /// <summary>Of what is written about a folder, in bytes.</summary>
    public static long SizeOfRecord(string folder) =>
        new FileInfo(RecordOf(folder)) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>Removes what is written about a folder.</summary>
    public static void Forget(string folder) => File.Delete(RecordOf(folder));

    private static string RecordOf(string folder) => folder + ".content";

    private static string Look(FileInfo file) => Statx.OfLink(file.FullName) is { } facts
        ? string.Create(CultureInfo.InvariantCulture, $"{facts.Size} {facts.Modified.TotalNanoseconds} "
        + $"{facts.Changed.TotalNanoseconds} {facts.Inode} {facts.IsExecutable}")
        : throw new IOException($"{file.FullName} cannot be looked at");

    private static string Digest(FileInfo file)
    {
        // Opening a pipe waits for ever; none is ever staged.
        if (Statx.OfLink(file.FullName) is not { IsFile: true })
            return "no file";
        using var content = file.OpenRead();
        return $"{Convert.ToHexStringLower(SHA256.HashData(content))} {IsExecutable(file)}";
    }

    // What earlier versions wrote down.
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
