using Esb.Host.Files;

namespace Esb.Gateway.Configuration;

/// <summary>
/// Detects a change of a file by device and inode, size, and modification and change time in nanoseconds.
/// </summary>
internal readonly record struct FileStamp(
    FileKind Kind, uint DeviceMajor, uint DeviceMinor, ulong Inode, long Size, FileTime Modified, FileTime Changed)
{
    public bool Exists => Kind != FileKind.None;

    /// <summary>
    /// Whether the file exists and is not empty: an empty file is about to be written. A file that cannot be examined
    /// may have content.
    /// </summary>
    public bool HasContent => Kind == FileKind.Unseen || (Exists && Size > 0);

    /// <summary>
    /// The stamp of a file, following links. All zero for a missing file; for one that cannot be examined, only the
    /// kind is set.
    /// </summary>
    public static FileStamp Of(string path)
    {
        if (Statx.Of(path, out var mayExist) is not { } found)
            return mayExist ? new FileStamp(FileKind.Unseen, 0, 0, 0, 0, default, default) : default;
        var kind = found.IsFile ? FileKind.Regular : FileKind.Other;
        return new FileStamp(
            kind, found.DeviceMajor, found.DeviceMinor, found.Inode, found.Size, found.Modified, found.Changed);
    }
}

/// <summary>The kind of a path's target.</summary>
internal enum FileKind
{
    /// <summary>Nothing exists there.</summary>
    None,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder, a pipe or a socket; not read, because reading it might never end.</summary>
    Other,

    /// <summary>Unknown: a folder on the path is not accessible.</summary>
    Unseen,
}
