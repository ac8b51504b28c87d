using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Esb.Gateway.Configuration;

/// <summary>
/// By what a change of a file is seen, in one system call: device and inode, size, modification and change time to the nanosecond.
/// .NET's own file information has neither the inode, which tells two files renamed over each other within one tick apart, nor the
/// change time, which nobody can set back.
/// </summary>
internal readonly partial record struct FileStamp(FileKind Kind, ulong Device, ulong Inode, ulong Size, FileTime Modified, FileTime Changed)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoSuchFile = 2; // ENOENT
    private const int NoFolderOnTheWay = 20; // ENOTDIR
    private const uint Wanted = 0x1 | 0x40 | 0x80 | 0x100 | 0x200; // STATX_TYPE | STATX_MTIME | STATX_CTIME | STATX_INO | STATX_SIZE

    public bool Exists => Kind != FileKind.None;

    /// <summary>There and not empty: an empty file is one that somebody is about to write. One that cannot be seen may hold anything.</summary>
    public bool HasContent => Kind == FileKind.Unseen || (Exists && Size > 0);

    /// <summary>The stamp of the file, links followed; of one that is not there all zero, of one that cannot be seen all but its kind.</summary>
    public static FileStamp Of(string path)
    {
        // Offsets of struct statx, which is the same on every architecture (statx(2)).
        Span<byte> data = stackalloc byte[256];
        if (Statx(CurrentFolder, path, 0, Wanted, ref MemoryMarshal.GetReference(data)) != 0)
            return Marshal.GetLastPInvokeError() is NoSuchFile or NoFolderOnTheWay ? default : new FileStamp(FileKind.Unseen, 0, 0, 0, default, default);
        return new FileStamp(
            (BinaryPrimitives.ReadUInt16LittleEndian(data[28..]) & 0xF000) == 0x8000 ? FileKind.Regular : FileKind.Other,
            BinaryPrimitives.ReadUInt64LittleEndian(data[136..]),
            BinaryPrimitives.ReadUInt64LittleEndian(data[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(data[40..]),
            FileTime.Read(data[112..]),
            FileTime.Read(data[96..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte data);
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

/// <summary>A time of the file system, since the Unix epoch. Its clock ticks every 1 to 10 ms.</summary>
internal readonly record struct FileTime(long Seconds, uint Nanoseconds)
{
    public static FileTime Read(ReadOnlySpan<byte> data) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(data), BinaryPrimitives.ReadUInt32LittleEndian(data[8..]));

    /// <summary>How long ago that was; negative when the clock has been set back since.</summary>
    public TimeSpan Age(DateTimeOffset now) =>
        now - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(Seconds) - TimeSpan.FromTicks(Nanoseconds / 100);
}
