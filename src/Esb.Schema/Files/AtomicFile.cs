namespace Esb.Schema.Files;

/// <summary>
/// Replaces a file so that every reader, and a machine that loses power, sees either the old content or the new one, whole.
/// </summary>
public static class AtomicFile
{
    private const string TemporarySuffix = ".esb-tmp";

    /// <summary>
    /// Writes a temporary file in the same folder, flushes it, renames it over the target and flushes the folder. The mode of an
    /// existing file is kept; a symbolic link is followed, so that the link stays.
    /// </summary>
    /// <exception cref="IOException">The disk is full or failing; the old file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to; the old file is as it was.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var target = new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Environment.ProcessId}-{Guid.NewGuid():N}{TemporarySuffix}");
        try
        {
            WriteFlushed(temporary, content, File.Exists(target) ? File.GetUnixFileMode(target) : null);
            File.Move(temporary, target, overwrite: true);
            FolderFlush.Flush(folder);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Removes temporary files that a killed writer left. Only for who holds the folder's <see cref="DeployLock"/>.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, ".*" + TemporarySuffix))
            File.Delete(leftover);
    }

    private static void WriteFlushed(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, content.Length);
        RandomAccess.Write(file, content, 0);
        if (mode is { } same)
            File.SetUnixFileMode(file, same);
        RandomAccess.FlushToDisk(file);
    }
}
