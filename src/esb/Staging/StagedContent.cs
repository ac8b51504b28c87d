using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Esb.Cli.Staging;

/// <summary>
/// Notices that a staged folder no longer has what was staged: functions of process mode run in it as the user who owns it, and may write.
/// Beside the folder stands what its files were when it was made, by name, size, time, mode and target.
/// </summary>
internal static class StagedContent
{
    // What an interpreter keeps of the code it ran is the same code.
    private const string Compiled = "__pycache__";

    /// <summary>Writes it down. A folder about which nothing is written counts as unchanged.</summary>
    public static void Record(string folder) => File.WriteAllText(RecordOf(folder), Fingerprint(folder));

    public static bool IsUnchanged(string folder)
    {
        var record = RecordOf(folder);
        try
        {
            return !File.Exists(record) || File.ReadAllText(record) == Fingerprint(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files come and go in it at this moment, or something in it cannot be looked at.
            return false;
        }
    }

    /// <summary>Of what is written about a folder, in bytes.</summary>
    public static long SizeOfRecord(string folder) => new FileInfo(RecordOf(folder)) is { Exists: true, Length: var length } ? length : 0;

    /// <summary>Removes what is written about a folder.</summary>
    public static void Forget(string folder) => File.Delete(RecordOf(folder));

    private static string RecordOf(string folder) => folder + ".content";

    private static string Fingerprint(string folder)
    {
        var lines = new List<string>();
        Walk(new DirectoryInfo(folder), "", lines);
        lines.Sort(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Walk(DirectoryInfo folder, string path, List<string> lines)
    {
        foreach (var item in folder.EnumerateFileSystemInfos())
        {
            var name = path + item.Name;
            if (item.LinkTarget is { } target)
                lines.Add($"{name}\0link\0{target}");
            else if (item is FileInfo file)
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name}\0{file.Length}\0{file.LastWriteTimeUtc.Ticks}\0{(file.UnixFileMode & UnixFileMode.UserExecute) != 0}"));
            else if (item.Name != Compiled)
                Below((DirectoryInfo)item, name, lines);
        }
    }

    private static void Below(DirectoryInfo folder, string name, List<string> lines)
    {
        lines.Add($"{name}\0folder");
        Walk(folder, name + "/", lines);
    }
}
