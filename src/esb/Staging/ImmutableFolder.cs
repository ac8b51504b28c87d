using Esb.Host.Files;

namespace Esb.Cli.Staging;

/// <summary>
/// Makes a finished folder read-only and flushes it to the disk. A folder that has its final name after a power cut
/// therefore has its content, too.
/// </summary>
internal static class ImmutableFolder
{
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // A few files are flushed one by one; for many, one call for the whole file system is faster.
    private const int FewFiles = 32;

    /// <summary>
    /// Makes the files read-only. Folders stay writable by their owner, since otherwise only root could remove them.
    /// </summary>
    public static void Seal(string folder)
    {
        var files = new DirectoryInfo(folder)
            .EnumerateFiles("*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            }) // links
            .ToList();
        foreach (var file in files)
        {
            if (files.Count <= FewFiles)
                Flush(file.FullName);
            file.UnixFileMode = (file.UnixFileMode | Readable) & ~Writable;
        }

        if (files.Count > FewFiles)
            Fsync.FileSystem(folder);
    }

    private static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read);
        RandomAccess.FlushToDisk(file);
    }
}
