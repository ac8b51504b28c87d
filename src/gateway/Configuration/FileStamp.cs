using Esb.Host.Files;

namespace Esb.Gateway.Configuration;

/// <summary>By what a change of a file is seen: device and inode, size, modification and change time to the nanosecond.</summary>
internal readonly record struct FileStamp(
    FileKind Kind, uint DeviceMajor, uint DeviceMinor, ulong Inode, long Size, FileTime Modified, FileTime Changed)
{
    public bool Exists => Kind != FileKind.None;

    /// <summary>There and not empty: an empty file is one that somebody is about to write. One that cannot be seen may hold anything.</summary>
    public bool HasContent => Kind == FileKind.Unseen || (Exists && Size > 0);

    /// <summary>The stamp of the file, links followed; of one that is not there all zero, of one that cannot be seen all but its kind.</summary>
    public static FileStamp Of(string path)
    {
        if (Statx.Of(path, out var mayExist) is not { } found)
            return mayExist ? new FileStamp(FileKind.Unseen, 0, 0, 0, 0, default, default) : default;
        var kind = found.IsFile ? FileKind.Regular : FileKind.Other;
        return new FileStamp(kind, found.DeviceMajor, found.DeviceMinor, found.Inode, found.Size, found.Modified, found.Changed);
    }
}

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A file with bytes.</summary>
    Regular,

    /// <summary>A folder, a pipe, a socket: something that is not read, because reading it might never end.</summary>
    Other,

    /// <summary>Nobody knows: a folder on the way may not be looked into.</summary>
    Unseen,
}
